"""Servers that stop, networks that crawl, answers that come twice: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chat import Chat
from tests.doubles.web_channel import WebChannelDouble


def test_a_reload_keeps_the_conversation_the_draft_and_the_window(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("Je voudrais un rendez-vous")
    chat.hears("Réponse à")
    chat.field.press_sequentially("Camille Mar")

    page.reload()

    chat.hears("Réponse à : Je voudrais un rendez-vous")
    assert chat.own == ["Je voudrais un rendez-vous"]
    expect(chat.field).to_have_value("Camille Mar")
    expect(chat.field).not_to_be_focused()


def test_history_is_not_read_aloud_again_and_what_comes_next_is(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    page.add_init_script(
        """
        window.heard = [];
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (options) {
          const root = attach.call(this, options);
          new MutationObserver((changes) => {
            for (const change of changes) for (const added of change.addedNodes) {
              const live = change.target.closest?.("[role=log]")?.getAttribute("aria-live");
              const isOwn = added.nodeType === 1 && added.getAttribute("aria-live") === "off";
              if (live === "polite" && !isOwn) window.heard.push(added.textContent);
            }
          }).observe(root, {subtree: true, childList: true});
          return root;
        };
        """
    )
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("un")
    chat.hears("Réponse à : un")
    page.reload()
    chat.hears("Réponse à : un")

    chat.say("deux")
    chat.hears("Réponse à : deux")
    channel.say("Autre chose")
    chat.hears("Autre chose")

    assert page.evaluate("window.heard") == ["Assistant\u00a0: Réponse à\u00a0: deux", "Assistant\u00a0: Autre chose"]


def test_a_second_tab_shows_the_same_conversation_and_follows_it(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("bonjour")
    chat.hears("Réponse à : bonjour")

    other = Chat(page.context.new_page()).visit(widget_site, channel.url).open()
    other.hears("Réponse à : bonjour")
    other.say("et depuis ici ?")

    chat.hears("Réponse à : et depuis ici ?")
    assert chat.own == other.own == ["bonjour", "et depuis ici ?"]
    assert channel.opened == 1


def test_a_choice_pressed_in_one_tab_is_closed_in_the_other(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    channel.answer = lambda said: [{"text": "Je réserve ?", "choices": ["Oui", "Non"]}] if said == "rdv" else []
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("rdv")
    chat.hears("Je réserve ?")
    other = Chat(page.context.new_page()).visit(widget_site, channel.url).open()
    other.hears("Je réserve ?")

    other.choice("Oui").click()

    expect(chat.choice("Oui")).to_have_attribute("aria-disabled", "true")
    expect(chat.choice("Non")).to_have_attribute("aria-disabled", "true")


def test_the_server_stops_and_comes_back(page: Page, widget_site: str, channel: WebChannelDouble) -> None:
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("un")
    chat.hears("Réponse à : un")
    channel.stop()
    expect(chat.banner).to_contain_text("Connexion perdue", timeout=20_000)

    chat.say("deux")
    chat.say("trois")
    expect(chat.log.get_by_text("Pas encore envoyé").first).to_be_visible()
    page.reload()
    expect(chat.log.locator(".message.user")).to_have_count(2)
    channel.start()
    page.get_by_role("button", name="Réessayer maintenant").click()

    chat.hears("Réponse à : trois")
    expect(chat.log.locator(".unsent")).to_have_count(0)
    assert sorted(chat.own) == ["deux", "trois", "un"]
    assert [each["text"] for each in channel.talk.messages if each["author"] == "user"] == ["un", "deux", "trois"]


def test_it_reconnects_by_itself_and_says_so(page: Page, widget_site: str, channel: WebChannelDouble) -> None:
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("un")
    chat.hears("Réponse à : un")
    channel.stop()
    expect(chat.banner).to_contain_text("Connexion perdue", timeout=20_000)

    channel.start()
    channel.say("Dit pendant la reprise")

    expect(chat.banner).to_contain_text("Connexion rétablie", timeout=20_000)
    chat.hears("Dit pendant la reprise")


def test_what_the_server_says_twice_is_shown_once(page: Page, widget_site: str, channel: WebChannelDouble) -> None:
    channel.repeats = 3
    chat = Chat(page).visit(widget_site, channel.url).open()

    chat.say("un")
    chat.say("deux")
    chat.hears("Réponse à : deux")

    said = chat.log.locator(".message:not(.user)").all_text_contents()
    assert said[1:] == ["Assistant\u00a0: Réponse à\u00a0: un", "Assistant\u00a0: Réponse à\u00a0: deux"]


def test_a_refusal_for_haste_is_said_and_the_message_leaves_later(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    channel.refusals = [(429, {"Retry-After": "1"})]
    chat = Chat(page).visit(widget_site, channel.url).open()

    chat.say("vite")

    expect(chat.banner).to_contain_text("envoi dans 1 s")
    chat.hears("Réponse à : vite")
    assert chat.own == ["vite"]


def test_a_message_refused_for_good_gives_its_text_back(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    channel.refusals = [(400, {})]
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("refusé")

    chat.log.get_by_role("button", name="Reprendre le texte").click()

    expect(chat.field).to_have_value("refusé")
    expect(chat.field).to_be_focused()


def test_a_conversation_that_is_no_more_gives_way_to_a_new_one_with_the_typed_text(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("un")
    chat.hears("Réponse à : un")
    channel.talks.clear()

    chat.say("deux")

    chat.hears("Réponse à : deux")
    expect(chat.banner).to_contain_text("Votre échange précédent n’est plus disponible")
    assert chat.own == ["deux"]


def test_on_a_slow_network_the_wait_is_shown_and_a_double_press_counts_once(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    channel.delay = 1
    channel.answer = lambda said: [{"text": f"Pour {said} ?", "choices": ["Oui, confirmer"]}]
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 400, "downloadThroughput": 6_000, "uploadThroughput": 6_000},
    )
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("mardi")
    expect(page.get_by_text("L’assistant écrit…")).to_be_visible()
    chat.hears("Pour mardi ?")

    chat.choice("Oui, confirmer").dblclick()

    chat.hears("Pour Oui, confirmer ?")
    assert chat.own == ["mardi", "Oui, confirmer"]
    assert len(channel.posted) == 2


def test_a_phone_that_sleeps_rests_the_stream_and_catches_up(
    page: Page, widget_site: str, channel: WebChannelDouble
) -> None:
    page.clock.install()
    chat = Chat(page).visit(widget_site, channel.url).open()
    chat.say("un")
    page.clock.run_for(1000)
    chat.hears("Réponse à : un")

    page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.clock.run_for(31_000)
    expect(chat.banner).to_be_empty()
    channel.say("Pendant la pause")
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: false, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )

    chat.hears("Pendant la pause")


def test_on_several_devices_nothing_is_shared(
    new_context: Callable[..., BrowserContext], widget_site: str, channel: WebChannelDouble
) -> None:
    one = Chat(new_context().new_page()).visit(widget_site, channel.url).open()
    other = Chat(new_context().new_page()).visit(widget_site, channel.url).open()

    one.say("un")
    one.hears("Réponse à : un")
    other.say("autre")
    other.hears("Réponse à : autre")

    assert (one.own, other.own) == (["un"], ["autre"])
