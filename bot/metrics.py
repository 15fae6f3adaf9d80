"""What is counted and measured in each process, and the private port it is read from.

No label ever holds a person, a conversation or words: channels, actions, jobs and outcomes alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

REGISTRY = CollectorRegistry()
_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10)

TURNS = Counter(
    "cep_turns", "Messages heard, by channel and by what became of them", ["channel", "outcome"], registry=REGISTRY
)
TURN_SECONDS = Histogram(
    "cep_turn_seconds", "From a message to its answer", ["channel"], buckets=_FAST, registry=REGISTRY
)
LOCK_SECONDS = Histogram(
    "cep_lock_wait_seconds", "Waiting for one's turn in a conversation", buckets=_FAST, registry=REGISTRY
)
NLU_SECONDS = Histogram("cep_nlu_seconds", "Understanding one message", buckets=_FAST, registry=REGISTRY)
UNDERSTOOD = Counter("cep_understood", "Messages read, by kind of reading", ["reading"], registry=REGISTRY)
ACTIONS = Counter("cep_actions", "Actions run, by outcome", ["action", "outcome"], registry=REGISTRY)
ACTION_SECONDS = Histogram("cep_action_seconds", "Running one action", ["action"], buckets=_FAST, registry=REGISTRY)
REQUESTS = Counter("cep_requests", "Requests to the web process", ["method", "status"], registry=REGISTRY)
STREAMS = Gauge("cep_streams", "Connections that wait for news", ["of"], registry=REGISTRY)
JOBS = Counter("cep_jobs", "Runs of the worker's jobs", ["job", "outcome"], registry=REGISTRY)

PORTS = {"assistant": 0, "actions": 1, "web": 2, "worker": 3}
"""What each process adds to the first port, so that all four may live on one machine."""


def serve(process: str, first_port: int | None, address: str) -> None:
    """Let this process's figures be read; nothing without a port."""
    if first_port is None:
        return
    ProcessCollector(registry=REGISTRY)
    start_http_server(first_port + PORTS[process], address, registry=REGISTRY)


@contextmanager
def timed(histogram: Histogram) -> Iterator[None]:
    """Measure the block, whatever its end."""
    started = perf_counter()
    try:
        yield
    finally:
        histogram.observe(perf_counter() - started)


@contextmanager
def open_stream(of: str) -> Iterator[None]:
    """One more connection that waits, while the block lasts."""
    STREAMS.labels(of).inc()
    try:
        yield
    finally:
        STREAMS.labels(of).dec()


class Watched(Collector):
    """Figures read from elsewhere at the moment they are asked for; none while that cannot be read."""

    def __init__(self, read: Callable[[], Mapping[str, float]], told: Mapping[str, str]) -> None:
        """`told` says what each figure is; `read` gives them by the same names."""
        self._read = read
        self._told = told

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing is read to be registered."""
        return []

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The figures of now, and whether they could be read."""
        figures: dict[str, float] = {}
        try:
            figures.update(self._read())
        except Exception:
            # Whatever the driver raises, the figure says it: the database cannot be read.
            yield GaugeMetricFamily("cep_database_up", "Whether the database answers", value=0)
            return
        yield GaugeMetricFamily("cep_database_up", "Whether the database answers", value=1)
        for name, value in figures.items():
            yield GaugeMetricFamily(f"cep_{name}", self._told[name], value=value)


def watch(read: Callable[[], Mapping[str, float]], told: Mapping[str, str]) -> None:
    """Have these figures read with the others."""
    REGISTRY.register(Watched(read, told))
