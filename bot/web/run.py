"""Starts the web process, on loopback unless told otherwise: `python -m bot.web.run`."""

import uvicorn

from bot.app import container


def main() -> None:
    """Serve until stopped."""
    container.write_logs("web")
    container.serve_metrics("web")
    uvicorn.run(
        "bot.web.app:create_app",
        factory=True,
        host=container.settings().listen_on,
        port=container.settings().web_port,
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
