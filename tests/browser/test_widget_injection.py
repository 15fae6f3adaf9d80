"""Markup is words: whoever types it, wherever it comes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import Chat
from tests.doubles.web_channel import WebChannelDouble

ATTACKS = [
    "<img src=x onerror=\"window.broken='img'\">",
    "<script>window.broken='script'</script>",
    "<svg/onload=window.broken='svg'>",
    "<a href=\"javascript:window.broken='link'\">ici</a>",
    "<iframe srcdoc=\"<script>parent.broken='frame'</script>\"></iframe>",
    "{{constructor.constructor('window.broken=1')()}}",
    "https://exemple.fr/\"onmouseover=\"window.broken='mouse'",
]


@pytest.mark.parametrize("attack", ATTACKS, ids=["img", "script", "svg", "link", "frame", "template", "address"])
def test_markup_stays_to_the_letter_everywhere(
    page: Page, widget_site: str, channel: WebChannelDouble, attack: str
) -> None:
    channel.answer = lambda said: [
        {
            "text": f"Votre nom : {said}",
            "choices": [attack],
            "extras": {"hold": {"until": "2099-01-01T00:00:00Z", "renew": attack}},
        }
    ]
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say(attack)
    chat.hears("Votre nom")
    channel.say(attack, author="adviser", extras={"author_name": attack, "attachments": [file_named(attack)]})
    channel.say(attack, author="system")
    expect(chat.log.locator(".message.system")).to_be_visible()

    chat.choice(attack).hover()
    chat.choice(attack).click()
    page.reload()
    expect(chat.log.locator(".message.system")).to_be_visible()

    assert page.evaluate("window.broken") is None
    assert chat.own[0] == attack
    assert chat.log.locator("img, script, iframe, svg[onload], [onmouseover], [href^='javascript']").count() == 0


def file_named(name: str) -> dict[str, str]:
    return {"name": name, "type": "text/html", "content": "<script>window.broken='file'</script>"}


def test_an_address_that_is_no_web_address_is_refused(page: Page, widget_site: str, channel: WebChannelDouble) -> None:
    attributes = "notice=\"javascript:window.broken='notice'\" leave-to=\"javascript:window.broken='leave'\""
    chat = Chat(page).visit(widget_site, channel.url, attributes=attributes).open()

    page.get_by_role("button", name="Options").click()

    expect(chat.panel.get_by_role("link", name="Vos données")).to_have_count(0)
