"""What forgetting needs from outside: what the assistant itself remembers."""

from collections.abc import Sequence
from typing import Protocol


class Memory(Protocol):
    """What the assistant itself remembers of conversations, elsewhere than in our tables."""

    def erase(self, ids: Sequence[str]) -> None:
        """Forget these; forgetting again changes nothing."""
