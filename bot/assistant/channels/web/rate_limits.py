"""How much one visitor, or one address, may ask of this process."""

import math
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.app.web_settings import WebLimits
from bot.assistant.channels.web.error_responses import TOO_MANY, Refused

STREAM_WAIT_SECONDS = 10


class Limits:
    """Rates and open streams, counted in this process: with several, each counts its own."""

    def __init__(self, limits: WebLimits) -> None:
        self._limits = limits
        # The strategy holds its storage weakly.
        self._storage = MemoryStorage()
        self._counting = MovingWindowRateLimiter(self._storage)
        self._streams: Counter[str] = Counter()
        self._rates = {
            name: tuple(parse_many(getattr(limits, name)))
            for name in ("messages", "messages_address", "conversations", "reads", "reads_address")
        }

    def message(self, conversation_id: str, address: str) -> None:
        """`Refused` when too many come from either."""
        self._hit("messages", conversation_id, "too_many_messages")
        self._hit("messages_address", address, "too_many_messages")

    def conversation(self, address: str) -> None:
        """`Refused` when this address opens too many."""
        self._hit("conversations", address, "too_many_conversations")

    def read(self, conversation_id: str, address: str) -> None:
        """`Refused` when too much is read by either."""
        self._hit("reads", conversation_id, "too_many_requests")
        self._hit("reads_address", address, "too_many_requests")

    def unknown(self, address: str) -> None:
        """`Refused` when an address tries too many tokens that open nothing."""
        self._hit("reads_address", address, "too_many_requests")

    @contextmanager
    def stream(self, conversation_id: str, address: str) -> Iterator[None]:
        """One more open stream until the block ends; `Refused` when there are too many."""
        kept = {f"c {conversation_id}": self._limits.streams, f"a {address}": self._limits.streams_address}
        if any(self._streams[name] >= most for name, most in kept.items()):
            raise Refused(TOO_MANY, "too_many_streams", STREAM_WAIT_SECONDS)
        self._streams.update(kept.keys())
        try:
            yield
        finally:
            self._streams.subtract(kept.keys())
            for name in kept:
                if not self._streams[name]:
                    del self._streams[name]

    def _hit(self, name: str, who: str, code: str) -> None:
        for rate in self._rates[name]:
            if not self._counting.hit(rate, name, who):
                raise Refused(TOO_MANY, code, self._wait(rate, name, who))

    def _wait(self, rate: RateLimitItem, name: str, who: str) -> int:
        resets_at, _ = self._counting.get_window_stats(rate, name, who)
        return max(1, math.ceil(resets_at - time.time()))
