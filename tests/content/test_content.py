"""The content files that are delivered: they load, they are sourced, dated and well typeset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum

import pytest

from bot.domain.knowledge.entries import Knowledge
from bot.domain.knowledge.glossary import Glossary
from bot.domain.knowledge.interview_terms import InterviewTerms, current
from bot.domain.knowledge.levels import LevelsOfScheme
from bot.domain.knowledge.operators import Operators
from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Dated
from bot.knowledge.faq import load_care, load_knowledge
from bot.knowledge.glossary import load_glossary
from bot.knowledge.interview_terms import load_interview_terms
from bot.knowledge.levels import load_levels
from bot.knowledge.operators import load_operators
from tests.content.texts import FAQ, KNOWLEDGE, texts_of

BUILT_ON = date(2026, 11, 30)
FEWEST_ENTRIES = 400
LONGEST_SENTENCE = 35
_BARE = re.compile(
    r"(?:oui|non|souvent|rien|jamais|toujours|parfois|peut-être|pas forcément|pas du tout|si oui|ça|cela|c[’']est|il|"
    r"elle|ils|elles|on|celui-ci|celle-ci|en principe)\b",
    re.IGNORECASE,
)
"""Openings that answer one direction of a question, or name nothing."""
CARE_NUMBERS = frozenset(
    {
        "3114",
        "15",
        "17",
        "18",
        "112",
        "114",
        "115",
        "119",
        "3919",
        "3928",
        "116\u00a0006",
        "39\u00a028",
        "0\u00a0805\u00a065\u00a050\u00a050",
        "09\u00a069\u00a039\u00a029\u00a019",
    }
)
"""Numbers a careful text may give: each is called before a release."""
OPERATORS = {
    "or_cep",
    "apec",
    "france_travail",
    "cap_emploi",
    "mission_locale",
    "int_etat",
    "int_territoriale",
    "int_hospitaliere",
    "defense_mobilite",
    "prc",
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(FAQ)


@pytest.fixture(scope="module")
def care() -> Knowledge:
    return load_care(KNOWLEDGE / "care.yml")


@pytest.fixture(scope="module")
def levels() -> tuple[LevelsOfScheme, ...]:
    return load_levels(KNOWLEDGE / "levels.yml")


@pytest.fixture(scope="module")
def operators() -> Operators:
    return load_operators(KNOWLEDGE / "operators.yml")


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary(KNOWLEDGE / "glossary.yml")


@pytest.fixture(scope="module")
def interview_terms() -> tuple[InterviewTerms, ...]:
    return load_interview_terms(KNOWLEDGE / "interview_terms.yml")


@pytest.fixture(scope="module")
def statements(
    knowledge: Knowledge,
    care: Knowledge,
    levels: tuple[LevelsOfScheme, ...],
    operators: Operators,
    glossary: Glossary,
    interview_terms: tuple[InterviewTerms, ...],
) -> list[object]:
    return [
        *knowledge.entries.values(),
        *care.entries.values(),
        *levels,
        *operators.by_code.values(),
        *glossary.terms.values(),
        *interview_terms,
    ]


@pytest.fixture(scope="module")
def texts(statements: list[object]) -> list[tuple[str, str]]:
    return [
        found
        for statement in statements
        for found in texts_of(statement)
        if found[1] and not isinstance(found[1], Enum)
    ]


def versions_of(statements: list[object]) -> Iterator[tuple[str, Dated]]:
    for statement in statements:
        if isinstance(statement, Dated):
            yield statement.scheme.value, statement
        else:
            name = getattr(statement, "id", getattr(statement, "code", ""))
            yield from ((name, version) for version in statement.versions)  # type: ignore[attr-defined]


def test_every_statement_has_a_version_with_a_source_and_a_date(statements: list[object]) -> None:
    assert all(getattr(each, "versions", True) for each in statements)
    assert [name for name, version in versions_of(statements) if not version.sources] == []


def test_every_statement_will_be_read_again_after_its_sources_were(statements: list[object]) -> None:
    late = [
        name
        for name, version in versions_of(statements)
        if version.review_by <= max(source.read_on for source in version.sources)
    ]

    assert late == []


def test_no_source_is_read_in_the_future(statements: list[object]) -> None:
    future = [
        name
        for name, version in versions_of(statements)
        if any(source.read_on > BUILT_ON for source in version.sources)
    ]

    assert future == []


def test_past_schemes_have_an_end_and_todays_answers_are_in_force(knowledge: Knowledge) -> None:
    unanswered = [each.id for each in knowledge.entries.values() if each.in_force(None, BUILT_ON) is None]
    endless = [
        each.id
        for each in knowledge.entries.values()
        for version in each.versions
        if version.scheme in (Scheme.BOURGOGNE_2013, Scheme.NATIONAL_2014) and not version.validity.valid_until
    ]

    assert (unanswered, endless) == ([], [])


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("a non-breaking space before : ; ? ! »", re.compile(r"[ ][:;?!»]|[^\s\u00a0\u202f?!…»)][;?!»]")),
        ("a non-breaking space after «", re.compile(r"«(?![\u00a0\u202f])")),
        ("a space around a colon, but in hours and links", re.compile(r"[^\W\d]:(?!//)|:[^\s/\d]")),
        ("no line break left in a sentence", re.compile(r"[^\S\n]\n|\n(?!\n|- )")),
    ],
)
def test_texts_are_typeset_in_french(texts: list[tuple[str, str]], rule: str, fault: re.Pattern[str]) -> None:
    wrong = [
        f"{place}: …{text[max(0, m.start() - 20) : m.end() + 10]}…"
        for place, text in texts
        for m in fault.finditer(text)
    ]

    assert wrong == [], rule


def test_sentences_are_short(texts: list[tuple[str, str]]) -> None:
    long = [
        f"{place}: {len(sentence.split())} words"
        for place, text in texts
        for sentence in re.split(r"(?<=[.!?…])\s+", text)
        if len([word for word in sentence.split() if re.search(r"\w", word)]) > LONGEST_SENTENCE
    ]

    assert long == []


def test_nobody_is_spoken_to_as_tu(texts: list[tuple[str, str]]) -> None:
    familiar = re.compile(r"\b(?:tu|toi|ton|tes)\b", re.IGNORECASE)

    assert [place for place, text in texts if familiar.search(text)] == []


def test_no_content_file_looks_like_training_data() -> None:
    trap = re.compile(r"^\s*-?\s*(?:nlu|responses|stories|rules)\s*:", re.MULTILINE)

    taken = [path.name for path in KNOWLEDGE.rglob("*.yml") if trap.search(path.read_text(encoding="utf-8"))]

    assert taken == []


def test_each_scheme_has_its_own_number_of_levels(levels: tuple[LevelsOfScheme, ...]) -> None:
    assert {scheme.scheme: len(scheme.levels) for scheme in levels} == {
        Scheme.BOURGOGNE_2013: 2,
        Scheme.NATIONAL_2014: 3,
        Scheme.NATIONAL_2019: 2,
    }


def test_schemes_with_two_levels_warn_of_each_other(levels: tuple[LevelsOfScheme, ...]) -> None:
    warnings = {scheme.scheme: scheme.not_to_confuse for scheme in levels}

    assert "aujourd’hui" in warnings[Scheme.BOURGOGNE_2013]
    assert "Bourgogne" in warnings[Scheme.NATIONAL_2019]


def test_every_operator_that_rules_may_name_is_there(operators: Operators) -> None:
    assert set(operators.by_code) == OPERATORS


def test_every_department_of_a_region_has_its_door(operators: Operators) -> None:
    mainland = {f"{number:02d}" for number in range(1, 96) if number != 20} | {"2A", "2B"}
    overseas = {"971", "972", "973", "974", "976"}

    assert set().union(*(portal.departments for portal in operators.portals)) == mainland | overseas
    assert operators.portal_of("71") == "bfc.avenir-actifs.org"
    assert operators.portal_of("975") == "mon-cep.org"


def test_terms_of_the_interview_are_in_force_and_say_who_is_told_nothing(
    interview_terms: tuple[InterviewTerms, ...],
) -> None:
    today = current(interview_terms, BUILT_ON)

    assert today is not None
    assert len(today.lines("1 h 15")) == 5
    assert "employeur" in today.secrecy
    assert "1 h 15" in today.lines("1 h 15")[2]


def test_the_glossary_explains_the_words_of_the_trade(glossary: Glossary) -> None:
    assert len(glossary.terms) >= 45
    assert [each.id for each in glossary.terms.values() if each.in_force(None, BUILT_ON) is None] == []


def test_careful_texts_give_only_known_numbers(care: Knowledge) -> None:
    said = " ".join(text for entry in care.entries.values() for _, text in texts_of(entry))

    assert set(re.findall(r"(?:\b\d[\d\u00a0 ]*\d\b)", said)) <= CARE_NUMBERS


def test_every_careful_text_says_whom_to_call(care: Knowledge) -> None:
    silent = [
        each.id
        for each in care.entries.values()
        if not any(number in f"{each.versions[0].answer} {each.versions[0].more}" for number in CARE_NUMBERS)
    ]

    assert silent == []


def test_there_are_answers_past_the_edge_of_the_service(knowledge: Knowledge) -> None:
    assert len([each for each in knowledge.entries.values() if each.in_force(None, BUILT_ON)]) >= FEWEST_ENTRIES


def test_every_answer_stands_alone(knowledge: Knowledge) -> None:
    """An answer is shown under forty wordings of its question, in both directions: its first words name its subject."""
    bare = [
        f"{entry.id}: {version.answer[:40]}"
        for entry in knowledge.entries.values()
        for version in entry.versions
        if _BARE.match(version.answer)
    ]

    assert bare == []
