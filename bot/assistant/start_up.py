"""What a process does once its agent is loaded, before the first visitor: check the stores, read the knowledge,
understand a first sentence. A fault in a content file stops the start here, with every fault listed.
"""

from __future__ import annotations

from rasa.core.agent import Agent

from bot import bootstrap
from bot.assistant import measuring, stores, straight_runner


async def prepare(agent: Agent) -> None:
    """Give the agent its own stores back, and do now what would make the first visitor wait."""
    stores.install(agent)
    bootstrap.library()
    if agent.is_ready():
        measuring.install(agent.processor)
        straight_runner.install(agent.processor)
        await agent.parse_message("bonjour")
