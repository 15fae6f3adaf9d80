"""The dashboard and the alerts speak of figures that exist, with labels they have."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from bot import metrics
from bot.services.operations import metrics as measures

FOLDER = Path(__file__).resolve().parents[2] / "deploy/observability"
BOARD = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
ALERTS = yaml.safe_load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
ASKED = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]] + [rule["expr"] for rule in RULES]


def known() -> set[str]:
    ours = {metric.name: metric.type for metric in metrics.REGISTRY.collect()}
    suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
    names = {name + suffix for name, kind in ours.items() for suffix in suffixes.get(kind, ("",))}
    watched = {f"cep_{name}" for name in measures.TOLD} | {"cep_database_up", "process_resident_memory_bytes"}
    return names | watched


@pytest.mark.parametrize("expression", ASKED)
def test_what_is_asked_exists(expression: str) -> None:
    used = set(re.findall(r"\b(?:cep|process)_[a-z_]+", expression))

    assert used
    assert used <= known()


def test_every_figure_of_the_database_is_shown() -> None:
    asked = " ".join(ASKED)

    assert [name for name in measures.TOLD if f"cep_{name}" not in asked and name != "conversations_kept"] == []


def test_panels_have_their_own_number_and_place() -> None:
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in BOARD["panels"]}

    assert len({panel["id"] for panel in BOARD["panels"]}) == len(places) == len(BOARD["panels"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_what_happens_to_whom(rule: dict[str, object]) -> None:
    assert rule["labels"] in ({"severity": "page"}, {"severity": "ticket"})
    assert len(rule["annotations"]["summary"]) > 30  # type: ignore[index]
