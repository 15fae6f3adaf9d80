"""What a process does once its agent is loaded, before the first visitor: check the stores, read the knowledge,
understand a first sentence. A fault in a content file stops the start here, with every fault listed.
"""

from __future__ import annotations

from rasa.core.agent import Agent

from bot.app import container
from bot.assistant.rasa import measuring, sequential_graph_runner, tracker_store


async def prepare(agent: Agent) -> None:
    """Give the agent its own stores back, and do now what would make the first visitor wait."""
    tracker_store.install(agent)
    container.library()
    if agent.is_ready():
        measuring.install(agent.processor)
        sequential_graph_runner.install(agent.processor)
        await agent.parse_message("bonjour")
