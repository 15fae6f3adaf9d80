"""What is looked at before Rasa starts: its channels are ours, and its model is the one that was trained.

A model file is code: loading one that somebody changed runs what they put in it.
"""

import hashlib
import hmac
from pathlib import Path

import yaml

OURS = "bot.assistant."
BLOCK = 1024 * 1024


class StartRefused(Exception):
    """The assistant does not start like this; says what to change."""


def check_channels(credentials: Path) -> None:
    """Refuse any channel but ours: those of Rasa take raw payloads from anybody."""
    named = yaml.safe_load(credentials.read_text(encoding="utf-8")) or {}
    foreign = sorted(str(name) for name in named if not str(name).startswith(OURS))
    if foreign or not named:
        raise StartRefused(f"{credentials.name} must name channels of {OURS}* alone, not: {', '.join(foreign) or '—'}")


def check_model(model: Path, *, required: bool) -> None:
    """Refuse a model whose digest is not the one written when it was trained, beside it.

    Without a digest beside it, it is refused only when one is `required`.
    """
    beside = digest_file(model)
    if not beside.exists():
        if required:
            raise StartRefused(f"{model.name} has no {beside.name}: publish both, as `make train` writes them")
        return
    wanted = beside.read_text(encoding="ascii").split()[0]
    if not model.exists() or not hmac.compare_digest(wanted, digest_of(model)):
        raise StartRefused(f"{model.name} is not the model that {beside.name} describes: train or copy it again")


def write_digest(model: Path) -> None:
    """Write the digest of this model beside it, in the form `sha256sum --check` reads."""
    digest_file(model).write_text(f"{digest_of(model)}  {model.name}\n", encoding="ascii")


def digest_file(model: Path) -> Path:
    """Where the digest of this model is kept."""
    return model.with_name(model.name + ".sha256")


def digest_of(model: Path) -> str:
    """The SHA-256 of this file."""
    digest = hashlib.sha256()
    with model.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
