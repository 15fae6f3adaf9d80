"""A disk of a few megabytes under a PostgreSQL database, which can be filled to its last byte and freed again."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection

MEGABYTES = 96
BLOCK = 65536


class SmallDisk:
    """A file system in memory, and the tablespace on it."""

    def __init__(self, folder: Path, tablespace: str) -> None:
        self.tablespace = tablespace
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Write until nothing more can be written."""
        with self._filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(BLOCK))

    def free(self) -> None:
        """Give the place back."""
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(connection: Connection) -> Iterator[SmallDisk | None]:
    """A small disk with a tablespace of this server, on this machine; `None` without the right to mount."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="cep-disk-"))
    folder.chmod(0o755)
    owner = Path(str(connection.execute(text("SHOW data_directory")).scalar())).stat()
    place = folder / "disk"
    place.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", place], check=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(folder)
        yield None
        return
    try:
        space = place / "space"
        space.mkdir()
        os.chown(space, owner.st_uid, owner.st_gid)
        name = folder.name.replace("-", "_")
        connection.execute(text(f"CREATE TABLESPACE {name} LOCATION '{space}'"))
        yield SmallDisk(place, name)
        connection.execute(text(f"DROP TABLESPACE {name}"))
    finally:
        # Lazily: after a fault the server may still hold files there.
        subprocess.run(["umount", "--lazy", place], check=True)
        shutil.rmtree(folder)
