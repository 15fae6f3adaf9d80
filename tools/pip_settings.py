"""Prints pip's own configuration as the variables uv reads, for a shell to take: uv does not read it by itself.

Whoever set an index, a certificate or a proxy for pip need not say it twice, and no file repeats it. A variable of
uv's that is already set is left alone.
"""

from __future__ import annotations

import ast
import os
import shlex
import subprocess
import sys

# pip's setting, uv's variables, what stands between several values.
SETTINGS = (
    ("index-url", ("UV_DEFAULT_INDEX",), " "),
    ("extra-index-url", ("UV_INDEX",), " "),
    ("find-links", ("UV_FIND_LINKS",), ","),
    ("no-index", ("UV_NO_INDEX",), " "),
    ("trusted-host", ("UV_INSECURE_HOST",), " "),
    ("cert", ("SSL_CERT_FILE",), " "),
    ("client-cert", ("SSL_CLIENT_CERT",), " "),
    ("proxy", ("HTTP_PROXY", "HTTPS_PROXY"), " "),
    ("default-timeout", ("UV_HTTP_TIMEOUT",), " "),
    ("timeout", ("UV_HTTP_TIMEOUT",), " "),
)
# As pip does, every index is looked at for the best version; hashes say which file is the right one.
ALWAYS = {"UV_INDEX_STRATEGY": "unsafe-best-match"}


def main() -> None:
    """One `export` a line."""
    print("\n".join(f"export {name}={shlex.quote(value)}" for name, value in variables(pip_config()).items()))


def pip_config() -> str:
    """What `pip config list` says: its files and its environment variables together."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "config", "list"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def variables(listed: str) -> dict[str, str]:
    """The variables for uv that this listing asks for, but those the environment already gives."""
    settings = read(listed)
    wanted = dict(ALWAYS)
    for setting, names, separator in SETTINGS:
        if setting in settings:
            wanted.update(dict.fromkeys(names, separator.join(settings[setting].split())))
    return {name: value for name, value in wanted.items() if name not in os.environ}


def read(listed: str) -> dict[str, str]:
    """Each setting once: the command's own section wins over `global`, the environment over both."""
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        section, _, setting = name.rpartition(".")
        if section in found:
            found[section][setting] = str(ast.literal_eval(value))
    return {**found["global"], **found["install"], **found[":env:"]}


if __name__ == "__main__":
    main()
