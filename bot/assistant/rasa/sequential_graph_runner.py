"""Runs the steps of understanding and of prediction one after the other.

Rasa hands them to a scheduler made for parallel work, which plans them anew at each message and costs more than some of
the steps. Their order never changes: it is worked out once.
"""

from collections.abc import Sequence
from typing import Any

from rasa.core.processor import MessageProcessor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

Plan = list[tuple[str, tuple[str, ...]]]


class SequentialGraphRunner:
    """The loaded steps of a graph, run in an order in which each finds what it needs."""

    def __init__(self, nodes: dict[str, GraphNode], schema: GraphSchema) -> None:
        """Take the steps as Rasa loaded them."""
        self._nodes = nodes
        self._schema = schema
        self._plans: dict[tuple[str, ...], Plan] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """What each target gives for these inputs, by name; as `GraphRunner.run`."""
        wanted = tuple(targets or self._schema.target_names)
        outputs = {name: (name, value) for name, value in (inputs or {}).items()}
        clash = next((value for _, value in outputs.values() if isinstance(value, str) and value in self._nodes), None)
        if clash is not None:
            raise GraphRunError(f"an input's value is the name of a step: {clash}")
        for name, needs in self._plan(wanted):
            if name not in outputs:
                # A step that needs what nobody gives says so itself.
                outputs[name] = self._nodes[name](*(outputs.get(each, each) for each in needs))
        return dict(outputs[name] for name in wanted)

    def _plan(self, targets: tuple[str, ...]) -> Plan:
        if targets not in self._plans:
            self._plans[targets] = _in_order(self._schema, targets)
        return self._plans[targets]


def install(processor: MessageProcessor) -> None:
    """Have this processor run its graph straight."""
    runner = processor.graph_runner
    if not isinstance(runner, DaskGraphRunner):
        raise TypeError(f"not the runner this replaces: {type(runner).__name__}")
    processor.graph_runner = SequentialGraphRunner(runner._instantiated_nodes, runner._graph_schema)


def _in_order(schema: GraphSchema, targets: Sequence[str]) -> Plan:
    """The steps the targets need, each after those it needs itself."""
    plan: Plan = []
    placed: set[str] = set()

    def place(name: str) -> None:
        if name in placed or name not in schema.nodes:
            return
        placed.add(name)
        needs = tuple(schema.nodes[name].needs.values())
        for each in needs:
            place(each)
        plan.append((name, needs))

    for target in targets:
        place(target)
    return plan
