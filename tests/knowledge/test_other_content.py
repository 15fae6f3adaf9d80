"""Content faults of levels, operators, glossary and careful texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.errors import ContentFaults
from bot.domain.knowledge.schemes import Scheme
from bot.knowledge.faq import load_care
from bot.knowledge.glossary import load_glossary
from bot.knowledge.interview_terms import load_interview_terms
from bot.knowledge.levels import load_levels
from bot.knowledge.operators import load_operators

DATES = "valid_from: 2020-01-01, review_by: 2027-05-22, sources: [{title: Arrêté, read_on: 2026-11-22}]"
LEVEL = (
    "{number: 1, label: Niveau 1, name: Accueil, done: a, not_done: b, leaves_with: c, where: d, "
    "sources: [{title: Arrêté, read_on: 2026-11-22}]}"
)
LEVELS = (
    f"versions:\n  - {{scope: national_2019, {DATES}, title: Deux niveaux, summary: s, not_to_confuse: n, "
    f"levels: [{LEVEL}]}}\n"
)
OPERATORS = f"""\
national_link: mon-cep.org
operators:
  apec: {{versions: [{{scope: national_2019, {DATES}, name: Apec, serves: les cadres, phone: "0 809 361 212"}}]}}
portals:
  Bourgogne-Franche-Comté: {{link: bfc.avenir-actifs.org, departments: ["21", "58"]}}
  Île-de-France: {{link: idf.avenir-actifs.org, departments: ["75"]}}
"""
GLOSSARY = f"""\
terms:
  cpf:
    term: CPF
    expansion: compte personnel de formation
    spellings: [cfp]
    versions: [{{scope: national_2019, {DATES}, definition: Un compte., status: actuel}}]
  cif:
    term: CIF
    versions: [{{scope: national_2014, {DATES}, definition: Un congé., status: ancien}}]
"""
FIVE_LINES = "adviser: a, secrecy: b, length: c, level: d, yours: e"
TERMS = f"versions:\n  - {{scope: all, {DATES}, {FIVE_LINES}}}\n"
CARE = f"""\
topic: care
entries:
  care_suicide: {{title: Idées noires, versions: [{{scope: all, {DATES}, answer: Appelez.}}]}}
"""


def write(folder: Path, content: str, name: str = "content.yml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def faults_of(load: Callable[[Path], object], path: Path) -> list[str]:
    with pytest.raises(ContentFaults) as refusal:
        load(path)
    return list(refusal.value.faults)


def test_levels_are_read_with_their_scheme(tmp_path: Path) -> None:
    (scheme,) = load_levels(write(tmp_path, LEVELS))

    assert (scheme.scheme, scheme.title) == (Scheme.NATIONAL_2019, "Deux niveaux")
    assert [(level.number, level.name) for level in scheme.levels] == [(1, "Accueil")]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("number: 1", "number: 2", "levels should be numbered 1, 2, 3… in order"),
        ("not_done: b, ", "", "levels 1: not_done is missing"),
        ("name: Accueil", "name: 2", "name should be text: quote 2"),
        ("number: 1", "number: '1'", "number should be a whole number"),
    ],
)
def test_a_fault_of_levels_is_told(tmp_path: Path, before: str, after: str, fault: str) -> None:
    faults = faults_of(load_levels, write(tmp_path, LEVELS.replace(before, after)))

    assert any(fault in each for each in faults)


def test_operators_and_portals_are_read(tmp_path: Path) -> None:
    operators = load_operators(write(tmp_path, OPERATORS))

    assert operators.by_code["apec"].versions[0].phone == "0 809 361 212"
    assert operators.portal_of("58") == "bfc.avenir-actifs.org"


def test_a_department_no_portal_serves_is_sent_to_the_national_site(tmp_path: Path) -> None:
    operators = load_operators(write(tmp_path, OPERATORS))

    assert operators.portal_of("975") == "mon-cep.org"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('"75"', "75", "departments should be text: quote 75"),
        ('"75"', '"7"', "'7' is not the code of a department"),
        ('"75"', '"21"', "department 21 belongs to 2 portals"),
        ("serves: les cadres, ", "", "apec, versions 1: serves is missing"),
    ],
)
def test_a_fault_of_operators_is_told(tmp_path: Path, before: str, after: str, fault: str) -> None:
    faults = faults_of(load_operators, write(tmp_path, OPERATORS.replace(before, after)))

    assert any(fault in each for each in faults)


def test_a_term_is_known_by_all_its_spellings(tmp_path: Path) -> None:
    glossary = load_glossary(write(tmp_path, GLOSSARY))

    assert {"cpf", "cfp"} <= glossary.terms["cpf"].ways_to_write()


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("term: CIF", "term: CFP", "'cfp' is written for cpf and for cif"),
        ("status: ancien", "status: vieux", "unknown status 'vieux'"),
    ],
)
def test_a_fault_of_the_glossary_is_told(tmp_path: Path, before: str, after: str, fault: str) -> None:
    faults = faults_of(load_glossary, write(tmp_path, GLOSSARY.replace(before, after)))

    assert len(faults) == 1
    assert fault in faults[0]


def test_careful_texts_are_read(tmp_path: Path) -> None:
    care = load_care(write(tmp_path, CARE, "care.yml"))

    assert care.entry("care_suicide").versions[0].answer == "Appelez."


@pytest.mark.parametrize(
    ("before", "after"), [("scope: all", "scope: national_2019"), ("review_by", "valid_until: 2027-01-01, review_by")]
)
def test_a_careful_text_that_could_run_out_is_refused(tmp_path: Path, before: str, after: str) -> None:
    faults = faults_of(load_care, write(tmp_path, CARE.replace(before, after), "care.yml"))

    assert faults == ["care.yml, care_suicide: should hold for all schemes, without an end"]


@pytest.mark.parametrize("load", [load_levels, load_operators, load_glossary, load_care])
def test_a_missing_file_is_a_fault(tmp_path: Path, load: Callable[[Path], object]) -> None:
    assert faults_of(load, tmp_path / "none.yml") == ["none.yml: cannot be read (No such file or directory)"]


def test_terms_of_the_interview_are_read(tmp_path: Path) -> None:
    (version,) = load_interview_terms(write(tmp_path, TERMS))

    assert version.version == "2020-01-01"
    assert version.lines("") == ("a", "b", "c", "d", "e")


@pytest.mark.parametrize(
    ("change", "to", "fault"),
    [
        ("level: d, ", "", "level is missing"),
        ("yours: e", "yours: 'venez avec {adviser}'", "yours holds '{adviser}', which nothing fills"),
        ("secrecy: b", f"secrecy: {'b' * 161}", "secrecy is 161 characters long, 160 at most"),
        (
            "versions:",
            f"versions:\n  - {{scope: national_2019, {DATES}, {FIVE_LINES}}}",
            "two versions begin on 2020-01-01",
        ),
    ],
)
def test_faults_of_the_terms_are_told(tmp_path: Path, change: str, to: str, fault: str) -> None:
    found = faults_of(load_interview_terms, write(tmp_path, TERMS.replace(change, to)))

    assert any(fault in each for each in found), found
