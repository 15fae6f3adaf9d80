"""Fixed lines, with their words from the loaded domain."""

from dataclasses import replace

from rasa.core.agent import Agent

from bot.assistant.channels.collecting_output import line_of
from bot.domain.conversation.conversations import Line


def fixed_line(agent: Agent, response: str) -> Line:
    """A fixed line, with its words from the loaded domain and its name for the screen."""
    wordings = agent.domain.responses.get(response) if agent.domain else None
    line = line_of(wordings[0]) if wordings else Line("")
    return replace(line, extras={**line.extras, "notice": response.removeprefix("utter_")})
