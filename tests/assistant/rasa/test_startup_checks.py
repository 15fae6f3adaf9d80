"""Before Rasa starts: foreign channels and changed models are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.settings import ROOT
from bot.assistant.rasa.startup_checks import StartRefused, check_channels, check_model, digest_file, write_digest


def test_our_credentials_are_accepted() -> None:
    check_channels(ROOT / "credentials.yml")


@pytest.mark.parametrize(
    "text", ["rest:\n", "socketio: {}\nbot.assistant.rest.RestInput: {}\n", "", "a.module.Of: {}\n"]
)
def test_any_other_channel_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "credentials.yml").write_text(text)

    with pytest.raises(StartRefused):
        check_channels(tmp_path / "credentials.yml")


def test_a_model_is_loaded_as_it_was_trained_or_not_at_all(tmp_path: Path) -> None:
    model = tmp_path / "cep.tar.gz"
    model.write_bytes(b"trained" * 300_000)
    write_digest(model)
    check_model(model, required=True)

    model.write_bytes(b"trained" * 299_999 + b"changed")

    with pytest.raises(StartRefused, match="is not the model"):
        check_model(model, required=False)


def test_a_model_without_a_digest_is_refused_where_it_is_required(tmp_path: Path) -> None:
    model = tmp_path / "cep.tar.gz"
    model.write_bytes(b"somebody's")

    check_model(model, required=False)
    with pytest.raises(StartRefused, match="has no"):
        check_model(model, required=True)


def test_a_digest_without_its_model_is_refused(tmp_path: Path) -> None:
    model = tmp_path / "cep.tar.gz"
    model.write_bytes(b"trained")
    write_digest(model)
    model.unlink()

    with pytest.raises(StartRefused):
        check_model(model, required=True)
    assert digest_file(model).read_text().endswith("  cep.tar.gz\n")
