"""Asking for an appointment without script: one question a page, nothing lost, nothing booked twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.app import container
from bot.domain.booking.appointments import State
from bot.domain.booking.openings import Opening
from bot.domain.booking.rules import Quota
from bot.services import booking
from bot.services.booking import web_form
from bot.storage.tables.booking import appointments, drafts
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, relay_point
from tests.web.advisers.browser import SAME_ORIGIN, Browser, Clock, browser
from tests.web.public.asking import (
    CAMILLE,
    START,
    appointment_of,
    book,
    confirm,
    hidden,
    offered,
    send,
    text_of,
    to_hours,
    to_person,
    to_points,
    to_recap,
)

pytestmark = pytest.mark.parametrize("uow", ["sqlite"], indirect=True)


def count(uow: SqlUnitOfWork) -> int:
    with uow:
        return int(uow._open().execute(select(func.count()).select_from(appointments)).scalar())


def somebody_takes(uow: SqlUnitOfWork, key: str) -> None:
    held = booking.hold(uow, Opening.from_key(key), "somebody", MONDAY, RULES)
    assert held


def test_the_pages_of_a_person_are_kept_by_nobody(visitor: Browser) -> None:
    done = book(visitor)

    for answer in (done, visitor.get(START), visitor.get(f"{START}/rendez-vous.ics")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_pressing_twice_books_once(visitor: Browser, uow: SqlUnitOfWork) -> None:
    recap = to_recap(visitor)

    first, again = confirm(visitor, recap), confirm(visitor, recap)

    assert appointment_of(uow, first) == appointment_of(uow, again)
    assert count(uow) == 1


def test_two_presses_at_once_book_once(visitor: Browser, uow: SqlUnitOfWork) -> None:
    to_recap(visitor)
    same = container.unit_of_work()
    written = web_form.find(same, visitor.cookies["demande"], MONDAY - timedelta(hours=1))
    assert written

    one = web_form.confirm(same, written, "here", MONDAY, RULES)
    other = web_form.confirm(same, written, "here", MONDAY, RULES)

    assert one.appointment_id == other.appointment_id
    assert count(uow) == 1


def test_every_form_leads_to_a_page_to_read_so_that_going_back_sends_nothing(visitor: Browser) -> None:
    wrong = {START: {"lieu": ""}, f"{START}/horaire": {}, f"{START}/moment": {"moment": "bof"}}
    to_recap(visitor)
    wrong |= {
        f"{START}/coordonnees": {"prenom": ""},
        f"{START}/prolonger": {"prenom": "A"},
        f"{START}/confirmation": {},
    }

    for path, fields in wrong.items():
        assert visitor.post(path, data=fields, headers=SAME_ORIGIN).status_code == 303, path


def test_a_browser_without_cookies_is_told(visitor: Browser) -> None:
    answer = visitor.post(START, data={"lieu": ""}, headers=SAME_ORIGIN)

    assert "refuse le cookie" in browser().get(answer.headers["Location"]).text


def test_once_booked_going_back_shows_the_appointment(visitor: Browser, uow: SqlUnitOfWork) -> None:
    booked = appointment_of(uow, book(visitor))

    for page in ("point-relais", "horaire", "coordonnees", "confirmation"):
        answer = visitor.get(f"{START}/{page}")
        assert answer.headers["Location"] == f"{START}/reserve", page
    assert appointment_of(uow, visitor.get(f"{START}/reserve")) == booked
    assert "Vous venez de réserver" in visitor.get(START).text


def test_once_booked_the_draft_names_nobody(visitor: Browser, uow: SqlUnitOfWork) -> None:
    book(visitor)

    with uow:
        (kept,) = uow._open().execute(select(drafts.c.content)).scalars()
    assert not any(part in str(kept) for part in ("Camille", "Martin", "camille@exemple.fr", "Beaune"))


def test_going_back_shows_what_was_given(visitor: Browser) -> None:
    recap = to_recap(visitor)

    assert 'value="Beaune (21)"' in visitor.get(START).text
    assert "Beaune" in visitor.get(f"{START}/point-relais").text
    assert "Continuer avec cet horaire" in visitor.get(f"{START}/horaire").text
    assert 'value="camille@exemple.fr"' in visitor.get(f"{START}/coordonnees").text
    assert hidden(visitor.get(f"{START}/confirmation"), "version") == hidden(recap, "version")


def test_another_opening_frees_the_first(visitor: Browser, uow: SqlUnitOfWork) -> None:
    first, second = offered(to_hours(visitor))[:2]
    send(visitor, f"{START}/horaire", horaire=first)
    send(visitor, f"{START}/horaire", horaire=second)

    somebody_takes(uow, first)


def test_a_page_whose_time_has_not_come_leads_to_the_right_one(visitor: Browser) -> None:
    for page in ("point-relais", "horaire", "coordonnees", "confirmation", "reserve"):
        assert visitor.get(f"{START}/{page}").headers["Location"] == f"{START}?perdu=oui"
    to_points(visitor)
    for page in ("horaire", "coordonnees", "confirmation", "reserve"):
        assert visitor.get(f"{START}/{page}").headers["Location"] == f"{START}/point-relais"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Écrivez votre commune"),
        ("zzzzzqqqq", "Nous ne connaissons pas de commune de ce nom"),
        ("Yonne", "est un département"),
        ("Givry", "Plusieurs communes portent ce nom"),
        ("<img src=x onerror=alert(1)>", "Nous ne connaissons pas"),
    ],
)
def test_a_place_that_is_not_one_is_said_beside_the_field(visitor: Browser, typed: str, said: str) -> None:
    answer = send(visitor, START, lieu=typed, mode="phone")

    assert answer.status_code == 200
    assert said in text_of(answer)
    assert 'href="#lieu"' in answer.text
    assert 'aria-invalid="true" aria-describedby="lieu-erreur lieu-aide"' in answer.text
    assert 'value="phone" checked' in answer.text
    assert "<img" not in answer.text
    assert "<title>Erreur" in answer.text


def test_one_of_several_communes_is_chosen(visitor: Browser) -> None:
    assert 'name="lieu" value="Givry (71)"' in to_points(visitor, "Givry").text

    assert "Givry (71)" in text_of(to_points(visitor, "Givry (71)"))


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"prenom": "  "}, "prenom", "Écrivez votre prénom, par exemple Camille."),
        ({"prenom": "<>"}, "prenom", "Écrivez votre prénom"),
        ({"email": ""}, "email", "Donnez un e-mail ou un téléphone"),
        ({"email": "camille@"}, "email", "Cette adresse n’est pas complète"),
        ({"email": "a@b.fr\r\nBcc: x@y.fr"}, "prenom", ""),
        ({"telephone": "06"}, "telephone", "Ce numéro n’est pas complet"),
    ],
)
def test_a_contact_that_is_not_one_is_said_beside_its_field(
    visitor: Browser, given: dict[str, str], field: str, said: str
) -> None:
    to_person(visitor)

    answer = send(visitor, f"{START}/coordonnees", **{**CAMILLE, **given})

    if not said:
        assert "Bcc" not in answer.text
        return
    assert said in text_of(answer)
    assert f'href="#{field}"' in answer.text
    assert 'value="Martin"' in answer.text


def test_by_phone_the_number_is_needed(visitor: Browser, uow: SqlUnitOfWork) -> None:
    to_person(visitor, "phone")

    refused = send(visitor, f"{START}/coordonnees", **CAMILLE)
    recap = send(visitor, f"{START}/coordonnees", **{**CAMILLE, "telephone": "06 39 98 12 34"})

    assert "le conseiller vous appellera" in refused.text
    assert "Par téléphone" in recap.text
    assert appointment_of(uow, confirm(visitor, recap)).mode == "phone"


def test_a_slip_in_the_address_is_asked_about(visitor: Browser) -> None:
    assert "camille@gmail.com" in to_recap(visitor, email="camille@gmial.com").text


def test_an_opening_somebody_took_comes_with_others_and_nothing_is_lost(visitor: Browser, uow: SqlUnitOfWork) -> None:
    first, second = offered(to_hours(visitor))[:2]
    somebody_takes(uow, first)

    lost = send(visitor, f"{START}/horaire", horaire=first)

    assert "Cet horaire vient d’être pris" in lost.text
    assert first not in offered(lost)
    assert second in offered(lost)
    assert "Cet horaire est gardé" in send(visitor, f"{START}/horaire", horaire=second).text


def test_an_opening_lost_at_the_last_moment_keeps_the_person(
    visitor: Browser, uow: SqlUnitOfWork, clock: Clock
) -> None:
    recap = to_recap(visitor)
    clock.forward(minutes=30)
    wanted = offered(visitor.get(f"{START}/horaire"))
    held = booking.hold(uow, Opening.from_key(wanted[0]), "somebody", clock.now, RULES)
    assert held

    lost = confirm(visitor, recap)
    again = send(visitor, f"{START}/horaire", horaire=offered(lost)[0])

    assert "Quelqu’un d’autre l’a réservé" in lost.text
    assert "Relire et confirmer" in again.text
    assert "Camille Martin" in text_of(again)
    assert appointment_of(uow, confirm(visitor, again)).state is State.BOOKED


def test_a_hold_that_ended_is_told_and_honoured_when_nobody_came(
    visitor: Browser, uow: SqlUnitOfWork, clock: Clock
) -> None:
    to_recap(visitor, rank=1)
    clock.forward(minutes=30)
    with uow:
        uow.holds.sweep(clock.now)
        uow.commit()

    late = visitor.get(f"{START}/confirmation")

    assert "Le délai est passé" in late.text
    assert appointment_of(uow, confirm(visitor, late)).state is State.BOOKED


def test_a_hold_is_kept_once_more_with_what_was_being_typed(visitor: Browser, clock: Clock) -> None:
    to_person(visitor)
    clock.forward(minutes=5)

    renewed = send(visitor, f"{START}/prolonger", prenom="Ca", nom="", email="", telephone="")

    assert "9\u00a0h\u00a015" in renewed.text
    assert 'value="Ca"' in renewed.text
    assert "minutes de plus" not in renewed.text


def test_who_has_an_appointment_is_not_told_when(visitor: Browser, uow: SqlUnitOfWork) -> None:
    book(visitor)
    other = browser()

    refused = book(other, rank=1)

    assert "déjà en cours avec ce contact" in refused.text
    assert "CEP-" not in refused.text
    assert "/mon-rendez-vous" in refused.text
    assert count(uow) == 1


def test_what_another_tab_changed_is_read_again_before_it_is_confirmed(visitor: Browser, uow: SqlUnitOfWork) -> None:
    stale = to_recap(visitor)
    send(visitor, f"{START}/coordonnees", **{**CAMILLE, "prenom": "Dominique"})

    answer = confirm(visitor, stale)

    assert "Votre demande a changé" in answer.text
    assert count(uow) == 0


def test_the_terms_of_the_interview_are_read_and_kept_by_version(visitor: Browser, uow: SqlUnitOfWork) -> None:
    terms = container.interview_terms_today()
    assert terms
    recap = to_recap(visitor)

    assert all(line in text_of(recap) for line in terms.lines("1\u00a0h\u00a015"))
    stale = send(visitor, f"{START}/confirmation", version=hidden(recap, "version"), cadre="2020-01-01")
    assert "Votre demande a changé" in stale.text
    assert appointment_of(uow, confirm(visitor, recap)).terms_version == terms.version


def test_when_the_territory_gives_no_more_it_is_said(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    recap = to_recap(visitor)
    full = replace(RULES, quotas=(Quota(frozenset({"21"}), 2026, 0),))
    monkeypatch.setattr(container, "rules", lambda: full)

    refused = confirm(visitor, recap)

    assert "tous pris" in refused.text
    assert "/discuter" in refused.text


def test_without_anything_free_there_is_a_way_on(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "rules", lambda: replace(RULES, notice_hours=25, horizon_days=1))
    points = to_points(visitor)
    hours = send(visitor, f"{START}/ici", point="demo_beaune")

    for page in (points, hours):
        assert "Aucun horaire libre" in page.text
        assert "/discuter" in page.text
        assert not offered(page)


def test_who_needs_no_steps_sees_only_such_places(visitor: Browser, uow: SqlUnitOfWork) -> None:
    with uow:
        uow.relay_points.save(relay_point(code="demo_dijon", name="Dijon", step_free=True))
        uow.commit()

    shown = send(visitor, START, lieu="Beaune", mode="in_person", plain_pied="oui")

    assert 'value="demo_dijon"' in shown.text
    assert 'value="demo_beaune"' not in shown.text


def test_a_video_is_offered_where_there_is_a_room(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 'value="video"' not in visitor.get(START).text
    monkeypatch.setattr(container, "rules", lambda: replace(RULES, modes=RULES.modes | {"video"}))

    assert 'value="video"' in visitor.get(START).text


def test_for_somebody_else_it_is_only_prepared_and_they_confirm(visitor: Browser, uow: SqlUnitOfWork) -> None:
    recap = to_recap(visitor, pour="autre")

    done = confirm(visitor, recap)
    again = confirm(visitor, recap)

    assert "C’est préparé" in done.text
    assert again.text == done.text
    assert "CEP-" not in done.text
    assert "R-2026" not in done.text
    with uow:
        (state,) = uow._open().execute(select(appointments.c.state)).scalars()
    assert state == State.PREPARED.value
    assert visitor.get(f"{START}/rendez-vous.ics").headers["Location"] == START


def test_for_somebody_else_the_link_must_reach_them(visitor: Browser) -> None:
    refused = to_recap(visitor, pour="autre", email="", telephone="03 80 12 34 56")

    assert "ne peut pas recevoir le lien" in refused.text


def test_a_wish_in_words_ranks_the_hours(visitor: Browser) -> None:
    to_hours(visitor)

    suiting = send(visitor, f"{START}/moment", moment="jeudi")

    assert offered(suiting)
    assert {Opening.from_key(each).starts_at.weekday() for each in offered(suiting)} == {3}
    assert "Horaires pour" in suiting.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("hier", "Cette date est passée"),
        ("bof", "Nous n’avons pas compris ce moment"),
        ("le samedi à 23h", "Rien de libre pour"),
    ],
)
def test_a_wish_that_cannot_be_is_answered_in_words(visitor: Browser, typed: str, said: str) -> None:
    to_hours(visitor)

    assert said in send(visitor, f"{START}/moment", moment=typed).text


def test_more_days_are_one_link_away(visitor: Browser) -> None:
    hours = to_hours(visitor)
    first = hours.text[hours.text.index("?des=") + 5 :][:10]

    later = visitor.get(f"{START}/horaire", params={"des": first})

    assert offered(later)
    assert not set(offered(later)) & set(offered(hours))
    assert offered(visitor.get(f"{START}/horaire", params={"des": "<script>"})) == offered(hours)


@pytest.mark.parametrize("horaire", ["", "x", "camille|demo_dijon|20261124T0930Z|75|in_person|C", "a|b|c|d|e|f"])
def test_an_opening_no_page_offered_is_not_held(visitor: Browser, horaire: str) -> None:
    to_hours(visitor)

    answer = send(visitor, f"{START}/horaire", horaire=horaire)

    assert "Aucun horaire n’est choisi" in answer.text


def test_a_request_begins_at_a_relay_point(visitor: Browser) -> None:
    hours = send(visitor, f"{START}/ici", point="demo_beaune")

    assert "Étape 3 sur 5" in hours.text
    assert offered(hours)
    assert visitor.post(f"{START}/ici", data={"point": "nowhere"}, headers=SAME_ORIGIN).status_code == 303


def test_stopping_leaves_nothing_here_nor_in_the_browser(visitor: Browser, uow: SqlUnitOfWork) -> None:
    first = offered(to_hours(visitor))[0]
    send(visitor, f"{START}/horaire", horaire=first)

    stopped = send(visitor, f"{START}/effacer")

    assert "C’est effacé" in stopped.text
    assert "demande" not in visitor.cookies
    with uow:
        assert uow._open().execute(select(func.count()).select_from(drafts)).scalar() == 0
    somebody_takes(uow, first)


def test_answers_left_a_day_are_gone_and_it_is_said(visitor: Browser, clock: Clock) -> None:
    to_recap(visitor)
    clock.forward(hours=25)

    gone = visitor.get(f"{START}/confirmation")

    assert gone.headers["Location"] == f"{START}?perdu=oui"
    assert "Vos réponses ne sont plus là" in visitor.get(f"{START}?perdu=oui").text


def test_another_browser_reaches_nothing_of_it(visitor: Browser) -> None:
    to_recap(visitor)
    other = browser()
    other.cookies.set("demande", "0" * 32)

    assert other.get(f"{START}/confirmation").headers["Location"] == f"{START}?perdu=oui"


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}])
def test_another_site_cannot_confirm_in_somebodys_name(
    visitor: Browser, uow: SqlUnitOfWork, headers: dict[str, str]
) -> None:
    recap = to_recap(visitor)
    fields = {name: hidden(recap, name) for name in ("version", "cadre")}

    answer = visitor.post(f"{START}/confirmation", data=fields, headers=headers)

    assert answer.status_code == 403
    assert count(uow) == 0


def test_an_old_browser_that_says_nothing_shows_the_forms_secret(visitor: Browser, uow: SqlUnitOfWork) -> None:
    recap = to_recap(visitor)
    fields = {name: hidden(recap, name) for name in ("version", "cadre", "jeton")}

    assert visitor.post(f"{START}/confirmation", data=fields).status_code == 303
    assert count(uow) == 1


def test_the_cookie_is_for_this_site_alone(visitor: Browser) -> None:
    answer = visitor.post(START, data={"lieu": "Beaune"}, headers=SAME_ORIGIN)

    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie


def test_nobody_empties_the_agendas_from_one_address(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr(web_form, "HELD_AN_HOUR", 2)
    first, second, third = offered(to_hours(visitor))[:3]
    send(visitor, f"{START}/horaire", horaire=first)
    send(visitor, f"{START}/horaire", horaire=second)

    refused = send(visitor, f"{START}/horaire", horaire=third)

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3_600
    assert "Trop d’essais" in refused.text
    clock.forward(hours=1, minutes=1)
    assert "Cet horaire est gardé" in send(visitor, f"{START}/horaire", horaire=third).text


def test_nobody_tries_contacts_one_after_the_other(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_form, "CONFIRMED_AN_HOUR", 1)
    book(visitor)

    assert book(browser(), rank=1, email="b@exemple.fr").status_code == 429


def test_a_form_larger_than_any_of_ours_gives_nothing(visitor: Browser) -> None:
    assert "Écrivez votre commune" in send(visitor, START, lieu="é" * 100_000).text


@pytest.mark.parametrize(
    ("first", "kept"),
    [
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("Ana\r\nBcc: x@y.fr", "Ana Bcc: x@y.fr"),
        ("Ana\u202egnp", "Anagnp"),
        ("{{ 7*7 }}", None),
        ("{{ ana }}", "{{ ana }}"),
        ("É" * 500, "É" * 60),
    ],
)
def test_whatever_is_typed_as_a_name_stays_a_name(
    visitor: Browser, uow: SqlUnitOfWork, first: str, kept: str | None
) -> None:
    recap = to_recap(visitor, prenom=first)
    if kept is None:
        assert "Écrivez votre prénom" in recap.text
        assert "49" not in text_of(recap).split()
        return

    booked = appointment_of(uow, confirm(visitor, recap))

    assert "<img" not in recap.text
    assert kept in text_of(recap)
    assert booked.person.first_name == kept
    assert kept not in visitor.get(f"{START}/rendez-vous.ics").text
