"""Content faults of answers: all found at once, each with its file, its entry and what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from bot.domain.errors import ContentFaults
from bot.domain.knowledge.schemes import Scheme
from bot.knowledge.faq import load_knowledge

GOOD = """\
topic: cout
entries:
  cout_prix:
    title: "Combien coûte le CEP ?"
    about: [cep]
    asks: [how_much]
    related: [cout_cpf]
    versions:
      - scope: national_2019
        valid_from: 2020-01-01
        valid_until: null
        answer: "Rien."
        more: "Tout est gratuit."
        sources:
          - {title: "Code du travail, article L. 6111-6", link: "", read_on: 2026-11-22, note: "lu en extrait"}
        review_by: 2027-05-22
  cout_cpf:
    title: "Le CPF est-il débité ?"
    about: [cep, cpf]
    asks: [whether]
    versions:
      - scope: all
        valid_from: 2020-01-01
        answer: "Non."
        sources: [{title: "Fiche F32457", read_on: 2026-11-22}]
        review_by: 2027-05-22
"""


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(ContentFaults) as refusal:
        load_knowledge(folder)
    return list(refusal.value.faults)


def faults_after(folder: Path, before: str, after: str) -> list[str]:
    assert before in GOOD
    (folder / "cout.yml").write_text(GOOD.replace(before, after, 1), encoding="utf-8")
    return faults_of(folder)


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "cout.yml").write_text(GOOD, encoding="utf-8")

    entry = load_knowledge(tmp_path).entry("cout_prix")

    version = entry.versions[0]
    assert (entry.topic, entry.title, entry.related) == ("cout", "Combien coûte le CEP ?", ("cout_cpf",))
    assert (entry.about, entry.asks) == (("cep",), ("how_much",))
    assert (version.scheme, version.answer, version.more) == (
        Scheme.NATIONAL_2019,
        "Rien.",
        "Tout est gratuit.",
    )
    assert version.validity.valid_from == date(2020, 1, 1)
    assert version.sources[0].read_on == date(2026, 11, 22)
    assert version.sources[0].note == "lu en extrait"
    assert version.review_by == date(2027, 5, 22)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("      - scope: national_2019\n        valid_from", "      - valid_from", "scope is missing"),
        ("national_2019", "national_2020", "unknown scope 'national_2020'"),
        ("valid_from: 2020-01-01\n        valid_until: null", "valid_until: null", "valid_from is missing"),
        ("valid_until: null", "valid_until: 2019-12-31", "valid_until is before valid_from"),
        ("read_on: 2026-11-22, ", "", "sources 1: read_on is missing"),
        ("valid_from: 2020-01-01", "valid_from: '2020-01-01'", "valid_from should be a date"),
        ('answer: "Rien."', "answer: 0", "answer should be text: quote 0"),
        ('answer: "Rien."', "answer: ''", "answer is empty"),
        ('answer: "Rien."', f"answer: {'a' * 321}", "answer is 321 characters long, 320 at most"),
        ('more: "Tout est gratuit."', 'moore: "Tout"', "unknown key 'moore'"),
        ("about: [cep]\n", "about: [cep, lune]\n", "about should hold words of"),
        ("asks: [how_much]", "asks: []", "asks should hold words of"),
        ("related: [cout_cpf]", "related: [cout_dif]", "related entry 'cout_dif' does not exist"),
        ("related: [cout_cpf]", "related: [cout_prix]", "is related to itself"),
        ("related: [cout_cpf]", "related: cout_cpf", "related should be a list"),
        ("  cout_prix:", "  prix:", "the name of an entry should start with cout_"),
        ("review_by: 2027-05-22", "review_by: 2026-11-22", "review_by should come after"),
        ("        review_by: 2027-05-22\n", "", "review_by is missing"),
    ],
    ids=lambda value: value[:40],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, before: str, after: str, fault: str) -> None:
    faults = faults_after(tmp_path, before, after)

    assert len(faults) == 1
    assert faults[0].startswith("cout.yml, ")
    assert fault in faults[0]


def test_a_version_without_sources_is_refused(tmp_path: Path) -> None:
    faults = faults_after(tmp_path, 'sources: [{title: "Fiche F32457", read_on: 2026-11-22}]', "sources: []")

    assert faults == ["cout.yml, cout_cpf, versions 1: sources is missing"]


def test_two_versions_of_one_scheme_cannot_hold_on_the_same_day(tmp_path: Path) -> None:
    second = """\
      - scope: national_2019
        valid_from: 2026-01-01
        answer: "Toujours rien."
        sources: [{title: "Fiche F32457", read_on: 2026-11-22}]
        review_by: 2027-05-22
  cout_cpf:
"""

    faults = faults_after(tmp_path, "  cout_cpf:\n", second)

    assert faults == ["cout.yml, cout_prix: two versions for national_2019 hold on the same day"]


def test_a_syntax_error_is_told_with_its_line(tmp_path: Path) -> None:
    faults = faults_after(tmp_path, 'title: "Combien coûte le CEP ?"', 'title: "Combien" coûte')

    assert len(faults) == 1
    assert faults[0].startswith("cout.yml, line 4: is not valid YAML")


def test_an_entry_written_twice_in_a_file_is_refused(tmp_path: Path) -> None:
    faults = faults_after(tmp_path, "  cout_cpf:\n    title", "  cout_prix:\n    title")

    assert faults == ["cout.yml, line 17: is not valid YAML (cout_prix is written twice)"]


def test_a_day_that_does_not_exist_is_told_with_its_line(tmp_path: Path) -> None:
    faults = faults_after(tmp_path, "valid_from: 2020-01-01", "valid_from: 2020-02-30")

    assert faults == ["cout.yml, line 10: is not valid YAML (2020-02-30 is not a day of the calendar)"]


def test_an_entry_written_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cout.yml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "double.yml").write_text(GOOD, encoding="utf-8")

    faults = faults_of(tmp_path)

    assert "double.yml, cout_prix: is already in cout.yml" in faults
    assert "double.yml: topic 'cout' should be the name of the file" in faults


def test_the_faults_of_every_file_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "cout.yml").write_text(
        GOOD.replace("scope: national_2019", "scope: demain").replace('answer: "Non."', "answer: 12"), encoding="utf-8"
    )
    (tmp_path / "vae.yml").write_text(
        dedent(
            """\
            topic: vae
            entries:
              vae_lien:
                about: [vae]
                asks: [what]
                versions: []
            """
        ),
        encoding="utf-8",
    )

    faults = faults_of(tmp_path)

    assert [fault.split(":")[0] for fault in faults] == [
        "cout.yml, cout_prix, versions 1",
        "cout.yml, cout_cpf, versions 1",
        "vae.yml, vae_lien",
        "vae.yml, vae_lien",
    ]


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == [f"{tmp_path}: holds no content file"]


@pytest.mark.parametrize("content", ["", "- cout_prix\n", "topic: cout\n"])
def test_a_file_without_entries_is_a_fault(tmp_path: Path, content: str) -> None:
    (tmp_path / "cout.yml").write_text(content, encoding="utf-8")

    assert len(faults_of(tmp_path)) == 1
