"""Words of the console that no template holds."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def texts() -> dict[str, Any]:
    """What `texts.yml` holds."""
    file = Path(__file__).with_name("texts.yml")
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))
