"""A drafted migration has the next number and follows the last one."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.storage.schema import MIGRATIONS, draft_migration


def test_a_draft_follows_the_last_migration(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    last = max(path.name[:4] for path in (folder / "versions").glob("*.py"))

    drafted = draft_migration("Add a column", folder)

    written = drafted.read_text()
    assert drafted.name == f"{int(last) + 1:04d}_add_a_column.py"
    assert f'down_revision = "{last}"' in written.replace("'", '"')
    assert written.startswith('"""Add a column"""')
    compile(written, drafted.name, "exec")
