"""Steps run one after the other give what Rasa's scheduler gives."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.assistant.rasa import sequential_graph_runner
from bot.assistant.rasa.sequential_graph_runner import SequentialGraphRunner


class Sum(GraphComponent):
    """Adds what it is given, and counts how often it is asked."""

    asked = 0

    @classmethod
    def create(cls, *_arguments: Any, **_named: Any) -> Sum:
        return cls()

    load = create

    def add(self, first: int = 1, second: int = 0) -> int:
        Sum.asked += 1
        return first + second


def step(**needs: str) -> SchemaNode:
    return SchemaNode(needs=needs, uses=Sum, constructor_name="load", fn="add", config={}, eager=True)


SCHEMA = GraphSchema(
    {
        # Written last first: the order is the needs', not the file's.
        "both": step(first="left", second="right"),
        "right": step(first="given", second="one"),
        "left": step(first="one", second="one"),
        "one": step(),
        "aside": step(first="one"),
    }
)


@pytest.fixture
def rasas(tmp_path: Any) -> DaskGraphRunner:
    return DaskGraphRunner(SCHEMA, LocalModelStorage(tmp_path), ExecutionContext(SCHEMA))


@pytest.fixture
def straight(rasas: DaskGraphRunner) -> SequentialGraphRunner:
    return SequentialGraphRunner(rasas._instantiated_nodes, SCHEMA)


@pytest.mark.parametrize("targets", [["both"], ["left"], ["both", "aside"], ["aside", "left"]])
def test_each_target_gives_the_same(rasas: GraphRunner, straight: SequentialGraphRunner, targets: list[str]) -> None:
    for given in (5, 6):
        assert straight.run({"given": given}, targets) == rasas.run({"given": given}, targets)


def test_a_step_runs_once_and_only_when_it_is_needed(straight: SequentialGraphRunner) -> None:
    before = Sum.asked

    straight.run({"given": 5}, ["both"])

    assert Sum.asked - before == len(("both", "right", "left", "one"))


def test_a_missing_input_is_an_error(straight: SequentialGraphRunner) -> None:
    with pytest.raises(GraphRunError, match="Expected input 'given'"):
        straight.run({}, ["both"])


def test_an_input_named_as_a_step_is_refused(rasas: GraphRunner, straight: SequentialGraphRunner) -> None:
    for runner in (rasas, straight):
        with pytest.raises(GraphRunError):
            runner.run({"given": "one"}, ["both"])


def test_it_replaces_that_runner_and_no_other(rasas: DaskGraphRunner) -> None:
    processor = MessageProcessor.__new__(MessageProcessor)
    processor.graph_runner = rasas

    sequential_graph_runner.install(processor)

    assert processor.graph_runner.run({"given": 5}, ["both"]) == {"both": 8}
    with pytest.raises(TypeError, match="SequentialGraphRunner"):
        sequential_graph_runner.install(processor)
