"""The headers every answer of the web process carries."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.app import container
from bot.web.app import create_app


@pytest.mark.parametrize(("address", "encrypted"), [("https://cep.example", True), ("http://127.0.0.1:8080", False)])
def test_a_page_is_not_framed_nor_sniffed_and_asks_for_nothing(
    address: str, encrypted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CEP_PUBLIC_URL", address)
    container.settings.cache_clear()
    try:
        headers: Any = TestClient(create_app()).get("/health/live").headers
    finally:
        container.settings.cache_clear()

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert ("max-age=31536000" in headers.get("Strict-Transport-Security", "")) is encrypted
