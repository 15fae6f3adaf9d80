"""Starts the assistant: `rasa run` with the addresses and stores the settings name.

Rasa reads its files from the environment's values (`endpoints.yml`), so they are set here, before it is imported.
"""

import os
import sys

from bot.app import container
from bot.app.settings import ROOT, Settings
from bot.assistant.rasa import import_stubs, startup_checks


def environment(settings: Settings) -> dict[str, str]:
    """What `endpoints.yml` and Rasa expect of the environment."""
    own = str(settings.database_url)
    rasa = own if own.startswith("postgresql") else f"sqlite:///{settings.var / 'rasa.sqlite3'}"
    return {
        "RASA_TELEMETRY_ENABLED": "false",
        # As JSON, Rasa's events are read back and redacted; on a terminal it prints them in colours, values and all.
        "FORCE_JSON_LOGGING": "1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "CEP_ACTIONS_URL": settings.actions_url,
        "CEP_ACTIONS_SECRET": settings.actions_secret,
        "RASA_DATABASE_URL": os.environ.get("RASA_DATABASE_URL", rasa),
        "LOG_LEVEL_LIBRARIES": os.environ.get("LOG_LEVEL_LIBRARIES", "ERROR"),
        "SQL_POOL_SIZE": os.environ.get("SQL_POOL_SIZE", "5"),
        "SQL_MAX_OVERFLOW": os.environ.get("SQL_MAX_OVERFLOW", "10"),
    }


def main() -> None:
    """Replace this process's arguments by Rasa's own and run it."""
    container.write_logs("assistant")
    import_stubs.install()
    settings = container.settings()
    os.environ.update(environment(settings))
    os.chdir(ROOT)
    settings.var.mkdir(parents=True, exist_ok=True)
    startup_checks.check_channels(ROOT / "credentials.yml")
    startup_checks.check_model(ROOT / settings.model, required=settings.is_production)
    # These and no others: `--enable-api` and `--debug` cannot be asked for.
    container.serve_metrics("assistant")
    port, address = str(settings.assistant_port), settings.listen_on
    sys.argv = ["rasa", "run", "--model", settings.model, "--port", port, "--interface", address]
    import rasa.utils.io
    from rasa.__main__ import main as rasa_main

    # It would add a handler of its own beside ours.
    rasa.utils.io.configure_colored_logging = lambda _level: None
    rasa_main()


if __name__ == "__main__":
    main()
