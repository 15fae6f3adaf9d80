"""A Sanic application really served on a free port, for as long as a test needs it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import socket
from urllib.parse import urlsplit

from sanic import Sanic


@asynccontextmanager
async def served(app: Sanic) -> AsyncIterator[str]:
    """The address of the running application."""
    # Sanic rewrites its own methods when an application starts; out of this mode, once a process.
    Sanic.test_mode = True
    with socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        await server.before_start()
        await server.after_start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            await server.before_stop()
            server.close()
            await server.wait_closed()
            await server.after_stop()


async def announced(address: str, length: int, path: str = "/webhook") -> int:
    """The status given to who announces a body of this length, before sending any of it."""
    host = urlsplit(address)
    reader, writer = await asyncio.open_connection(host.hostname, host.port)
    writer.write(f"POST {path} HTTP/1.1\r\nHost: {host.netloc}\r\nContent-Length: {length}\r\n\r\n0".encode())
    status = int((await reader.readline()).split()[1])
    writer.close()
    return status
