"""Starts the web process, on loopback unless told otherwise: `python -m bot.console.run`."""

from __future__ import annotations

import uvicorn

from bot import bootstrap


def main() -> None:
    """Serve until stopped."""
    bootstrap.write_logs("web")
    bootstrap.serve_metrics("web")
    uvicorn.run(
        "bot.console.app:create_app",
        factory=True,
        host=bootstrap.settings().listen_on,
        port=bootstrap.settings().web_port,
        log_config=None,
        log_level="warning",
        # An address says who asked for what.
        access_log=False,
        server_header=False,
        lifespan="off",
        # No page of ours uses them, and Rasa pins a `websockets` too old for uvicorn's own detection.
        ws="none",
    )


if __name__ == "__main__":
    main()
