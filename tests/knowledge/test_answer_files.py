"""An answer becomes files of the project, and is refused when it would break what is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.app.settings import ROOT
from bot.domain.knowledge.answer_drafts import AnswerDraft
from bot.domain.knowledge.unanswered import Group, Unanswered, UnansweredKind
from bot.knowledge.answer_checks import try_out
from bot.knowledge.answer_files import Project, Unwritable, files_of
from bot.knowledge.faq import load_knowledge
from bot.knowledge.question_notes import notes_on
from bot.services.content.ports import Trial
from tests.conversations.script import read_script
from tests.factories import answer_draft

TODAY = date(2026, 11, 23)
PROJECT = Project(ROOT / "data" / "knowledge", ROOT / "data" / "nlu", ROOT / "tests" / "conversations")
TESTS = ROOT / "tests" / "nlu"
COST = {"entry": "cout_prix", "is_known": True, "examples": (), "title": "Combien coûte le CEP\u00a0?"}


def tried(draft: AnswerDraft) -> Trial:
    return try_out(draft, PROJECT, TESTS, TODAY)


def broken(draft: AnswerDraft) -> set[str]:
    return {each.check for each in tried(draft).broken}


def new_file(draft: AnswerDraft, name: str) -> str:
    return next(content for path, content in files_of(draft, PROJECT).items() if path.match(name))


def test_a_new_answer_breaks_nothing_and_everything_was_checked() -> None:
    assert tried(answer_draft()) == Trial(("files", "sentences", "facts"), ())


def test_the_files_only_grow_and_keep_their_comments() -> None:
    draft = answer_draft()

    for path, content in files_of(draft, PROJECT).items():
        if path.is_file():
            assert content.startswith(path.read_text(encoding="utf-8"))


def test_the_assistant_reads_the_new_entry(tmp_path: Path) -> None:
    (tmp_path / "points_relais.yml").write_text(new_file(answer_draft(), "faq/points_relais.yml"), encoding="utf-8")
    for path in PROJECT.knowledge.glob("faq/*.yml"):
        if path.name != "points_relais.yml":
            (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")

    entry = load_knowledge(tmp_path).entry("points_relais_parking")

    assert (entry.title, entry.topic) == (answer_draft().title, "points_relais")
    assert [version.answer for version in entry.versions] == [answer_draft().answer]


def test_the_sentences_are_learnt_and_the_conversation_can_be_told(tmp_path: Path) -> None:
    draft = answer_draft()
    sentences = yaml.load(new_file(draft, "nlu/faq/points_relais.yml"), yaml.CSafeLoader)["nlu"]
    (tmp_path / "told.txt").write_text(new_file(draft, "questions/*.txt"), encoding="utf-8")

    learnt = next(each for each in sentences if each["intent"] == f"faq/{draft.entry}")
    told = read_script(tmp_path / "told.txt")

    assert learnt["examples"].splitlines() == [f"- {each}" for each in draft.examples]
    assert [each.kind for each in told] == ["titre", "vous", "bot", "vous", "bot"]


def test_a_new_version_ends_the_one_before_it(tmp_path: Path) -> None:
    draft = answer_draft(**COST, answer="Rien. Le CEP est gratuit, parking gratuit compris.")
    content = yaml.load(new_file(draft, "faq/cout.yml"), yaml.CSafeLoader)

    first, second, *others = content["entries"]["cout_prix"]["versions"]

    assert (first["answer"], first["valid_until"]) == (draft.answer, None)
    assert (second["scope"], second["valid_until"]) == ("national_2019", date(2026, 11, 22))
    assert [each["scope"] for each in others] == ["national_2014", "bourgogne_2013"]
    assert tried(draft).broken == ()


def test_more_sentences_for_a_known_entry_go_in_its_own_block() -> None:
    draft = answer_draft(**{**COST, "examples": ("combien d’euros faut-il prévoir",)})
    blocks = yaml.load(new_file(draft, "nlu/faq/cout.yml"), yaml.CSafeLoader)["nlu"]

    ours = next(each for each in blocks if each["intent"] == "faq/cout_prix")

    assert ours["examples"].splitlines()[-1] == "- combien d’euros faut-il prévoir"
    assert len(blocks) == len(
        yaml.load((PROJECT.training / "faq" / "cout.yml").read_text("utf-8"), yaml.CSafeLoader)["nlu"]
    )


def test_an_answer_that_no_longer_says_its_fact_is_refused() -> None:
    silent = answer_draft(**COST, answer="Le parking coûte trois euros.", says="trois euros")

    assert broken(silent) == {"facts"}


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"entry": "nulle_part"}, "files"),
        ({"entry": "cout_nouveau_parking"}, ""),
        ({"entry": "cout_prix"}, "files"),
        ({"examples": ("C'est gratuit ?",)}, "sentences"),
        ({"asked": ("c'est gratuit ?", "autre chose encore jamais dite")}, "sentences"),
        ({"examples": ("cep kezako ??",)}, "kept_out"),
        ({"answer": "Parking gratuit" + " mot" * 100}, "files"),
    ],
)
def test_what_would_break_is_named(changes: dict[str, object], check: str) -> None:
    assert broken(answer_draft(**changes)) == ({check} if check else set())


def test_without_the_tests_of_the_project_what_was_not_checked_is_not_claimed(tmp_path: Path) -> None:
    assert try_out(answer_draft(), PROJECT, tmp_path, TODAY).checked == ("files", "sentences")


def test_a_topic_that_does_not_exist_is_no_file() -> None:
    with pytest.raises(Unwritable):
        files_of(answer_draft(entry="etc_passwd"), PROJECT)


def test_a_group_of_questions_becomes_three_drafts() -> None:
    said = [
        Unanswered(n, TODAY, UnansweredKind.QUESTION, text)
        for n, text in enumerate(("un parking ?", "parking svp", "le parking"))
    ]

    notes = notes_on(Group(tuple(said)), TODAY)

    assert list(notes) == ["entry.yml", "examples.yml", "conversation.txt"]
    assert yaml.load(notes["examples.yml"], yaml.CSafeLoader)[0]["examples"].splitlines() == ["- un parking ?"]
    assert "vous: parking svp" in notes["conversation.txt"]
    assert not any(line.startswith("nlu:") for content in notes.values() for line in content.splitlines())
