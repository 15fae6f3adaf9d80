"""Files of others that our pages load: unchanged, and named with their integrity."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "bot" / "web" / "static"
DESK = STATIC.parent / "templates" / "advisers" / "desk.html"


def test_a_page_names_each_vendored_script_with_its_integrity() -> None:
    named = dict(re.findall(r'src="/static/vendor/([\w.-]+)" integrity="sha384-([^"]+)"', DESK.read_text("utf-8")))
    written = (STATIC / "vendor" / "README.md").read_text("utf-8")

    scripts = {file.name for file in (STATIC / "vendor").glob("*.js")}
    assert set(named) == scripts
    for name, integrity in named.items():
        digest = hashlib.sha384((STATIC / "vendor" / name).read_bytes()).digest()
        assert base64.b64encode(digest).decode() == integrity
        assert integrity in written
