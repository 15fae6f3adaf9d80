"""A small TCP proxy of our own: it shares connections out between processes, and can be cut like a cable."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

Result = TypeVar("Result")
BLOCK = 65536


class TcpProxy:
    """Listens on one port of loopback, hands each connection to the next port of the list; runs in its own thread."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.port = 0
        self._ports = itertools.cycle(ports)
        self._count = len(ports)
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.AbstractServer | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> TcpProxy:
        self._thread.start()
        self.mend()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def cut(self) -> None:
        """Close everything at once, and refuse whoever comes."""
        self._run(self._cut())

    def mend(self) -> None:
        """Listen again, on the same port."""
        self._run(self._listen())

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        if self._server:
            self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            theirs, mine = await self._connect()
        except OSError:
            writer.transport.abort()
            self._writers.discard(writer)
            return
        self._writers.add(mine)
        await asyncio.gather(self._carry(reader, mine), self._carry(theirs, writer))

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The next process that accepts a connection; a dead one is passed over."""
        for _ in range(self._count - 1):
            with contextlib.suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", next(self._ports))
        return await asyncio.open_connection("127.0.0.1", next(self._ports))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while block := await reader.read(BLOCK):
                writer.write(block)
                await writer.drain()
        self._writers.discard(writer)
        writer.close()
