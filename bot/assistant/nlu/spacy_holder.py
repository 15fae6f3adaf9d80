"""spaCy's French model, loaded once per process and off the critical path.

Loading takes seconds and hundreds of megabytes, and no first answer needs it: it starts in a background thread
some time after the process is up. Until it is ready, callers do without.
"""

import logging
import threading
from functools import cache
from typing import Any

logger = logging.getLogger(__name__)

# Names need the recogniser and the word vectors it reads; nothing else is used.
_UNUSED_PIPES = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter"]


class SpacyHolder:
    """One French model shared by everything in this process."""

    def __init__(self, model: str) -> None:
        """Name the installed model; nothing is loaded yet."""
        self._model = model
        self._language: Any = None
        self._started = threading.Lock()
        self._ready = threading.Event()

    @property
    def is_ready(self) -> bool:
        """Whether the model can be used now."""
        return self._ready.is_set()

    def load_later(self, seconds: float) -> None:
        """Load in the background after this many seconds; asking again does nothing."""
        if not self._started.acquire(blocking=False):
            return
        timer = threading.Timer(seconds, self._load)
        timer.daemon = True
        timer.start()

    def wait(self, seconds: float) -> bool:
        """Wait until the model is ready, at most this long; says whether it is."""
        return self._ready.wait(seconds)

    def persons_in(self, text: str) -> list[tuple[int, int]]:
        """Where persons are named; nothing while the model is not ready."""
        if not self.is_ready:
            return []
        return [(found.start_char, found.end_char) for found in self._language(text).ents if found.label_ == "PER"]

    def _load(self) -> None:
        import spacy

        try:
            self._language = spacy.load(self._model, exclude=_UNUSED_PIPES)
        except OSError:
            logger.exception("The French model %s cannot be loaded; names are read without it.", self._model)
            return
        self._ready.set()


@cache
def shared_holder(model: str) -> SpacyHolder:
    """The holder of this model in this process."""
    return SpacyHolder(model)
