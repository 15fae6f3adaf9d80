"""What a conversation begins with, on the channels that speak first: who talks, and what becomes of what is said.

The only place that decides it. Words are in `domain.yml`; who publishes and how long things are kept are settings.
"""

from dataclasses import replace

from rasa.core.agent import Agent

from bot.app import container, public_site
from bot.assistant.channels.fixed_lines import fixed_line
from bot.domain.conversation.conversations import Author, Line

WELCOME = "utter_welcome"
DATA_NOTICE = "utter_data_notice"
DAYS_A_MONTH = 30
SAID_FIRST_ON = frozenset({"web"})
"""The channels whose conversations begin with these lines: there, a greeting is not a first meeting."""


def first_lines(agent: Agent) -> list[tuple[Author, Line]]:
    """The presentation with its choices, then the data notice and where to read it whole."""
    notice = fixed_line(agent, DATA_NOTICE)
    keep = container.settings().keep
    written = notice.text.format(
        publisher=public_site.publisher().name,
        hours=keep.conversation_hours,
        days=keep.handover_days,
        months=keep.appointment_days // DAYS_A_MONTH,
    )
    page = {"title": fixed_line(agent, "utter_part_data_page").text, "url": personal_data_page()}
    welcome = fixed_line(agent, WELCOME)
    return [
        (Author.BOT, replace(welcome, extras={})),
        (Author.SYSTEM, replace(notice, text=written, extras={**notice.extras, "links": [page]})),
    ]


def personal_data_page() -> str:
    """The address of the whole notice."""
    return f"{container.settings().public_url}/donnees-personnelles"
