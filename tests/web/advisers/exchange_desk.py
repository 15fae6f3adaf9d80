"""An adviser at the pages of exchanges."""

from __future__ import annotations

import html
import re

import httpx

from tests.web.advisers.browser import Browser

PAGE = "/conseil/echanges"
NEW = f"{PAGE}/nouveau"
SITUATION = {
    "theme": "change",
    "titre": "Une reconversion qui n’avance pas",
    "situation": "Une salariée de l’industrie change d’idée à chaque entretien.",
    "question": "Comment l’aider à choisir ?",
}


def send(who: Browser, path: str, page: str = NEW, **fields: str) -> httpx.Response:
    """A form of these pages, with its token."""
    return who.post_form(path, page=page, **fields)


def shared(who: Browser, **fields: str) -> str:
    """The address of a situation that this adviser publishes."""
    answer = send(who, NEW, **{**SITUATION, **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def replied(who: Browser, address: str, words: str = "Je lui laisse du temps.", **fields: str) -> str:
    """The number of an answer that this adviser publishes."""
    answer = send(who, f"{address}/repondre", reponse=words, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].rpartition("-")[2]


def hidden(text: str) -> dict[str, str]:
    """What the form of a page carries out of sight, besides its token."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text)
    return {name: html.unescape(value) for name, value in fields if name != "jeton"}
