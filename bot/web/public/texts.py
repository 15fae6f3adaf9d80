"""Words of the public pages that no template holds, from `texts.yml`."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def texts() -> dict[str, Any]:
    """All of them, by kind."""
    return dict(yaml.safe_load(Path(__file__).with_name("texts.yml").read_text(encoding="utf-8")))
