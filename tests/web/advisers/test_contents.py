"""Questions without an answer become answers, written by one, approved by another, in files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.domain.accounts import Role
from bot.domain.conversation.turns import Turn, TurnOutcome
from bot.services.content import unanswered
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.web.advisers.browser import Browser, Clock, signed_in, wire

PAGE = "/conseil/contenus"
SCRIPT = "<script>alert(1)</script>"
WHOLE = {
    "nom": "points_relais_parking",
    "titre": "Y a-t-il un parking ?",
    "reponse": "Oui, un parking gratuit se trouve devant la plupart des points relais.",
    "source": "Plan d'accès du réseau",
    "lu_le": "2026-11-20",
    "depuis": "2026-11-23",
    "relire": "2027-05-23",
    "exemples": "\n".join(f"parking numéro {number}" for number in range(12)),
    "essais": "je peux garer ma voiture sur place\nya d places de stationnement",
    "contient": "parking gratuit",
}


@pytest.fixture
def folder(uow: SqlUnitOfWork, monkeypatch: pytest.MonkeyPatch, clock: Clock, tmp_path: Path) -> Path:
    wire(monkeypatch, uow, clock, drafts_folder=tmp_path / "answers")
    return tmp_path / "answers"


@pytest.fixture
def writer(folder: Path, uow: SqlUnitOfWork, clock: Clock) -> Browser:
    return signed_in("rose", Role.EDITOR, clock=clock)


@pytest.fixture
def reader(folder: Path, uow: SqlUnitOfWork, clock: Clock) -> Browser:
    return signed_in("paul", Role.COORDINATOR, clock=clock)


def asked(uow: SqlUnitOfWork, clock: Clock, *texts: str) -> None:
    for text in texts:
        turn = Turn(TurnOutcome.FALLBACK, near="faq/cout_prix", is_kept=True)
        unanswered.note(uow, turn, text, clock.now.date())


def started(who: Browser, **fields: str) -> str:
    answer = who.post_form(f"{PAGE}/rediger", page=PAGE, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def version(who: Browser, address: str) -> str:
    return re.search(r'name="version" value="(\d+)"', who.get(address).text)[1]  # type: ignore[index]


def saved(who: Browser, address: str, **fields: str) -> int:
    form = {**WHOLE, **fields, "version": version(who, address)}
    return who.post_form(address, page=address, **form).status_code


def pressed(who: Browser, address: str, act: str, **fields: str) -> int:
    return who.post_form(f"{address}/{act}", page=address, version=version(who, address), **fields).status_code


def test_questions_are_shown_by_likeness_and_escaped(writer: Browser, uow: SqlUnitOfWork, clock: Clock) -> None:
    asked(uow, clock, "il y a un parking ?", "parking gratuit ?", f"{SCRIPT} chien")

    page = writer.get(PAGE).text

    assert "2 messages" in page
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_a_group_becomes_a_draft_and_leaves_the_list(writer: Browser, uow: SqlUnitOfWork, clock: Clock) -> None:
    asked(uow, clock, "il y a un parking ?", "parking gratuit ?", "le parking", "un chien ?")
    ids = re.findall(r'name="questions" value="([\d,]+)"', writer.get(PAGE).text)

    address = started(writer, questions=max(ids, key=len))

    assert "il y a un parking" in writer.get(address).text
    assert [group.title for group in unanswered.unanswered(uow)] == ["un chien ?"]


def test_questions_nobody_will_answer_are_forgotten(writer: Browser, uow: SqlUnitOfWork, clock: Clock) -> None:
    asked(uow, clock, "il y a un parking ?")
    (ids, *_) = re.findall(r'name="questions" value="([\d,]+)"', writer.get(PAGE).text)

    writer.post_form(f"{PAGE}/ecarter", page=PAGE, questions=ids)

    assert unanswered.unanswered(uow) == ()
    assert writer.post_form(f"{PAGE}/ecarter", page=PAGE, questions=ids).status_code == 404


def test_an_answer_approved_by_another_becomes_files(writer: Browser, reader: Browser, folder: Path) -> None:
    address = started(writer)

    assert saved(writer, address, proposer="oui") == 303
    assert pressed(reader, address, "approuver") == 303

    (written,) = folder.iterdir()
    names = sorted(str(path.relative_to(written)) for path in written.rglob("*.*"))
    assert names == [
        "data/knowledge/faq/points_relais.yml",
        "data/nlu/faq/points_relais.yml",
        "tests/conversations/questions/points_relais_parking.txt",
    ]
    assert "approuvée par Paul" in writer.get(address).text


def test_nobody_approves_their_own_words(writer: Browser, reader: Browser, folder: Path) -> None:
    address = started(writer)
    saved(writer, address)
    saved(reader, address, proposer="oui")

    assert pressed(writer, address, "approuver") == 409
    assert pressed(reader, address, "approuver") == 409
    assert not folder.exists()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(writer: Browser, folder: Path) -> None:
    address = started(writer)

    status = saved(writer, address, reponse="Tu peux venir.", exemples="un parking", proposer="oui")

    page = writer.get(address).text
    assert status == 422
    assert "Tu peux venir." in page
    assert "brouillon" in page


def test_an_answer_that_would_break_a_test_of_the_project_is_refused(writer: Browser, folder: Path) -> None:
    address = started(writer, entree="cout_prix")
    form = {**WHOLE, "exemples": "", "reponse": "Le parking coûte trois euros.", "contient": "trois euros"}

    told = writer.post_form(address, page=address, **form, version=version(writer, address), proposer="oui")

    assert told.status_code == 422
    assert "Un fait attendu ne serait plus dit" in told.text


def test_an_answer_is_sent_back_with_a_remark(writer: Browser, reader: Browser) -> None:
    address = started(writer)
    saved(writer, address, proposer="oui")

    assert pressed(reader, address, "renvoyer", remarque=f"La source ? {SCRIPT}") == 303

    page = writer.get(address).text
    assert "La source ? &lt;script&gt;" in page
    assert pressed(reader, address, "approuver") == 409


def test_two_people_never_overwrite_each_other(writer: Browser, reader: Browser) -> None:
    address = started(writer)
    seen = version(reader, address)
    saved(writer, address)

    late = reader.post_form(address, page=address, **{**WHOLE, "titre": "Une autre question"}, version=seen)

    assert late.status_code == 409
    assert "Une autre question" in late.text
    assert "Une autre question" not in writer.get(address).text


def test_every_step_is_kept_and_recorded(writer: Browser, reader: Browser, uow: SqlUnitOfWork) -> None:
    address = started(writer)
    saved(writer, address, proposer="oui")
    pressed(reader, address, "approuver")

    with uow.reading() as view:
        (it,) = view.writings.latest(10)
        acts = {entry.act for entry in view.audit_log.latest(50)}
    assert [step.what for step in it.steps] == ["start", "save", "propose", "approve"]
    assert {"write_answer", "approve_answer"} <= acts


def test_a_closed_answer_changes_no_more(writer: Browser, uow: SqlUnitOfWork) -> None:
    address = started(writer)
    seen = version(writer, address)
    assert pressed(writer, address, "renvoyer", abandonner="oui") == 303

    assert writer.post_form(address, page=PAGE, **WHOLE, version=str(int(seen) + 1)).status_code == 409


@pytest.mark.parametrize("entry", ["nulle_part", "../../etc/passwd", SCRIPT])
def test_an_entry_that_does_not_exist_cannot_be_renewed(writer: Browser, entry: str) -> None:
    assert writer.post_form(f"{PAGE}/rediger", page=PAGE, entree=entry).status_code == 404


def test_an_answer_that_was_given_up_is_forgotten_with_its_questions(
    writer: Browser, uow: SqlUnitOfWork, clock: Clock
) -> None:
    address = started(writer)
    pressed(writer, address, "renvoyer", abandonner="oui")
    started(writer)

    with uow:
        assert uow.writings.erase_discarded(clock.now) == 0
        assert uow.writings.erase_discarded(clock.now.replace(year=2027)) == 1
        uow.commit()
    assert writer.get(address).status_code == 404
