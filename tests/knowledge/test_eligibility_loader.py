"""Content faults of eligibility: all found at once, each with its file, its entry and what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.domain.eligibility.rulebook import Outcome
from bot.domain.errors import ContentFaults
from bot.domain.knowledge.schemes import Scheme
from bot.knowledge.eligibility import load_rulebook

GOOD = {
    "questions.yml": """\
facts:
  activity: {employed: vous travaillez, none: vous ne travaillez pas}
  student: {"yes": vous étudiez, "no": vous n'étudiez pas}
  department: {any: true}
questions:
  activity:
    scopes: [national_2019]
    text: Travaillez-vous ?
    why: Parce que.
    example: Oui.
    choices: [{words: Oui, value: employed, also: [je bosse]}, {words: Non, value: none}]
implications:
  - {when: {student: yes}, then: {activity: none}}
""",
    "sources.yml": "sources:\n  law: {title: Code du travail, read_on: 2026-11-22}\n",
    "rules.yml": """\
periods:
  national_2019: {valid_from: 2020-01-01, review_by: 2027-05-22}
  all: {valid_from: 2013-04-02, review_by: 2027-05-22}
decisions:
  works:
    rows: [E01]
    when: {activity: employed}
    versions:
      - {scope: national_2019, outcome: yes, operators: [or_cep], summary: Oui., reasons: [Actif.],
         next_step: Venez., sources: [law]}
  otherwise:
    when: {}
    versions:
      - {scope: all, outcome: to_confirm, operators: [], summary: À voir., reasons: [Doute.],
         next_step: Venez., sources: [law]}
""",
    "remarks.yml": """\
periods:
  national_2019: {valid_from: 2020-01-01, review_by: 2027-05-22}
remarks:
  student:
    when: {student: "yes"}
    versions: [{scope: national_2019, say: Bien., operators: [], sources: [law]}]
""",
    "phrases.yml": """\
spellings: {chui: je suis}
answers: {agree: [oui], disagree: [non], unsure: [sais pas]}
ages: [{from: 0, facts: {student: "yes"}}]
phrases:
  - {say: [etudiant, en fac], facts: {student: "yes"}}
combinations:
  - {said: [{student: "yes"}, {activity: employed}], facts: {activity: employed}}
""",
}


def folder_with(folder: Path, name: str = "", old: str = "", new: str = "") -> Path:
    for file, content in GOOD.items():
        assert file != name or old in content
        (folder / file).write_text(content.replace(old, new) if file == name else content, encoding="utf-8")
    return folder


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(ContentFaults) as refusal:
        load_rulebook(folder)
    return list(refusal.value.faults)


def test_a_whole_rulebook_is_read(tmp_path: Path) -> None:
    rulebook = load_rulebook(folder_with(tmp_path))

    version = rulebook.rules[0].versions[0]
    assert (version.outcome, version.operators, version.scheme) == (Outcome.YES, ("or_cep",), Scheme.NATIONAL_2019)
    assert version.validity.valid_from == date(2020, 1, 1)
    assert version.sources[0].title == "Code du travail"
    assert rulebook.questions[0].choices == ("Oui", "Non")


def test_the_words_yes_and_no_are_understood_without_quotes(tmp_path: Path) -> None:
    assert load_rulebook(folder_with(tmp_path)).implications[0].when.holds({"student": "yes"})


def test_a_negated_phrase_means_the_opposite(tmp_path: Path) -> None:
    assert load_rulebook(folder_with(tmp_path)).lexicon.phrases[0].negated == {"student": "no"}


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("rules.yml", "activity: employed", "activty: employed", "rules.yml, works, when: unknown fact 'activty'"),
        (
            "rules.yml",
            "activity: employed",
            "activity: busy",
            "rules.yml, works, when: unknown value 'busy' of activity",
        ),
        ("rules.yml", "outcome: yes", "outcome: maybe", "rules.yml, works, versions 1: unknown outcome 'maybe'"),
        ("rules.yml", "operators: [or_cep]", "operators: []", "rules.yml, works, versions 1: a yes names the operator"),
        ("rules.yml", "reasons: [Actif.]", "reasons: []", "rules.yml, works, versions 1: reasons is missing"),
        (
            "rules.yml",
            "next_step: Venez., sources: [law]}\n  otherwise",
            "sources: [law]}\n  otherwise",
            "next_step is missing",
        ),
        ("rules.yml", "sources: [law]}\n  otherwise", "sources: [lwa]}\n  otherwise", "unknown source 'lwa'"),
        ("rules.yml", "sources: [law]}\n  otherwise", "sources: []}\n  otherwise", "sources is missing"),
        ("rules.yml", "    when: {}\n", "    when: {student: yes}\n", "the last rule should hold for everybody"),
        ("rules.yml", "    when: {activity: employed}\n", "", "rules.yml, works: when is missing"),
        ("rules.yml", "review_by: 2027-05-22}\n  all", "review_by: 2026-05-22}\n  all", "review_by should come after"),
        ("rules.yml", "rows: [E01]", "row: [E01]", "unknown key 'row'"),
        ("remarks.yml", "say: Bien., ", "", "remarks.yml, student, versions 1: says nothing"),
        ("remarks.yml", "scope: national_2019, say", "scope: now, say", "unknown scope 'now'"),
        ("questions.yml", "choices: [{words: Oui", "choices: [{word: Oui", "unknown key 'word'"),
        ("questions.yml", ", {words: Non, value: none}]", "]", "questions.yml, activity: 1 choices"),
        ("questions.yml", "scopes: [national_2019]", "scopes: [now]", "unknown scope 'now'"),
        ("questions.yml", "why: Parce que.", "why: ''", "why"),
        ("questions.yml", "then: {activity: none}", "then: {activity: idle}", "unknown value 'idle'"),
        ("phrases.yml", "en fac]", "etudiant]", "'etudiant' is written twice"),
        ("phrases.yml", "en fac]", "'(en fac']", "'(en fac' cannot be read"),
        ("phrases.yml", "disagree: [non], ", "", "disagree is missing"),
        ("phrases.yml", '[{student: "yes"}, {activity: employed}]', '[{studnt: "yes"}]', "unknown fact 'studnt'"),
        ("sources.yml", "read_on: 2026-11-22", "read_on: 2026-02-30", "sources.yml, line 2: is not valid YAML"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, name: str, old: str, new: str, fault: str) -> None:
    found = faults_of(folder_with(tmp_path, name, old, new))

    assert any(fault in each for each in found), found


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "rules.yml", "activity: employed", "activity: busy")
    (folder / "phrases.yml").unlink()

    found = faults_of(folder)

    assert any("busy" in each for each in found)
    assert any(each.startswith("phrases.yml: cannot be read") for each in found)


def test_the_delivered_rulebook_is_whole() -> None:
    delivered = load_rulebook(Path(__file__).parents[2] / "data" / "knowledge" / "eligibility")

    assert len(delivered.rules) > 50
