"""Figures: read on a private port, counting without anybody in them, and true about a database that is away."""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from prometheus_client import generate_latest

from bot import metrics
from bot.assistant.rasa import startup
from bot.services.conversations import handover
from bot.services.operations import metrics as measures
from tests.databases import database, unit_of_work
from tests.e2e.stack import free_port
from tests.factories import MONDAY, booked, open_a_point
from tests.processes import environment, run, started, wait_until
from tests.services.privacy.test_retention import HOURS, talked


def figure(name: str, **labels: str) -> float:
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


def test_what_is_late_and_how_many_wait_is_read_from_the_database(tmp_path: Path) -> None:
    with database("sqlite", tmp_path) as engine:
        uow = unit_of_work(engine)
        open_a_point(uow)
        booked(uow, by="visitor-1")
        talked(uow)
        handover.ask(uow, "visitor-1", None, MONDAY, HOURS)

        read = measures.read(uow, MONDAY + timedelta(minutes=10))

    assert set(read) == set(measures.TOLD)
    assert (read["appointments_to_come"], read["appointments_booked"], read["conversations_kept"]) == (1, 1, 1)
    assert (read["handovers_waiting"], read["handover_age_seconds"]) == (1, 600)
    assert (read["outbox_waiting"], read["outbox_age_seconds"]) == (1, 600)


def test_a_database_that_is_away_is_a_figure_and_not_a_fault() -> None:
    def away() -> Mapping[str, float]:
        raise OSError("camille@exemple.fr")

    told = list(metrics.Watched(away, {}).collect())

    assert [(family.name, family.samples[0].value) for family in told] == [("cep_database_up", 0)]


async def test_what_was_not_understood_is_counted_apart() -> None:
    async def parse(text: str) -> dict[str, object]:
        return {"intent": {"name": text}}

    processor = SimpleNamespace(parse_message=parse)
    startup.measure(processor)  # type: ignore[arg-type]
    before = figure("cep_understood_total", reading="nlu_fallback"), figure("cep_nlu_seconds_count")

    assert await processor.parse_message("nlu_fallback") == {"intent": {"name": "nlu_fallback"}}

    assert figure("cep_understood_total", reading="nlu_fallback") == before[0] + 1
    assert figure("cep_nlu_seconds_count") == before[1] + 1


def test_no_label_can_hold_words() -> None:
    names = {name for family in metrics.REGISTRY.collect() for sample in family.samples for name in sample.labels}

    assert names <= {"channel", "outcome", "reading", "action", "method", "status", "of", "job", "le"}
    assert b"cep_turns" in generate_latest(metrics.REGISTRY)


@pytest.mark.parametrize("module", ["bot.worker"])
def test_a_process_gives_its_figures_on_its_private_port(module: str, tmp_path: Path) -> None:
    port = free_port()
    settings = environment(tmp_path, CEP_METRICS_PORT=str(port))
    assert run("bot.cli", "migrate", settings=settings).returncode == 0
    address = f"http://127.0.0.1:{port + metrics.PORTS['worker']}/metrics"

    with started(module, settings=settings) as process:
        wait_until(lambda: 'cep_jobs_total{job="notices",outcome="done"}' in _read(address), process)
        figures = _read(address)

    assert "cep_database_up 1.0" in figures
    assert "process_resident_memory_bytes" in figures


def _read(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""
