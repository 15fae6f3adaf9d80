"""Rasa's commands as we run them: a model is trained, loaded and answers; a neural configuration is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from rasa.core.agent import Agent

from bot.assistant.rasa.cli import config_named_by
from bot.assistant.rasa.component_check import ComponentRefused, check_components

ROOT = Path(__file__).resolve().parents[3]
TINY = Path(__file__).parent / "tiny_project"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project that a test may change."""
    return Path(shutil.copytree(TINY, tmp_path / "project"))


def rasa(project: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """One command of Rasa in this project, as `make train` runs it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "bot.assistant.rasa.cli", *arguments]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


async def test_a_model_is_trained_loaded_and_answers(project: Path) -> None:
    trained = rasa(project, ["train", "--fixed-model-name", "tiny", "--out", "models"])
    agent = Agent.load(str(project / "models" / "tiny.tar.gz"))

    assert trained.returncode == 0, trained.stdout + trained.stderr
    assert [each["text"] for each in await agent.handle_text("bonjour")] == ["Bonjour."]
    assert [each["text"] for each in await agent.handle_text("au revoir")] == ["Au revoir."]


def test_the_data_is_validated(project: Path) -> None:
    right = rasa(project, ["data", "validate", "--fail-on-warnings"])
    (project / "data" / "wrong.yml").write_text(
        "version: '3.1'\nrules:\n- rule: unknown\n  steps: [{intent: never_heard_of}, {action: utter_greet}]\n",
        encoding="utf-8",
    )
    wrong = rasa(project, ["data", "validate", "--fail-on-warnings"])

    assert right.returncode == 0, right.stdout + right.stderr
    assert wrong.returncode == 1
    assert "never_heard_of" in wrong.stdout + wrong.stderr


@pytest.mark.parametrize("command", [["train"], ["data", "validate"], ["train", "--config", "config.yml"]])
def test_a_neural_configuration_is_refused_before_anything(project: Path, command: list[str]) -> None:
    shutil.copy(ROOT / "benchmarks" / "plain" / "config.yml", project / "config.yml")

    ended = rasa(project, command)

    assert ended.returncode == 1
    said = ended.stderr.splitlines()[-1]
    assert said.startswith(
        "ERROR config.yml: DIETClassifier needs tensorflow; UnexpecTEDIntentPolicy needs tensorflow;"
    )
    assert "0014-rasa-without-tensorflow.md" in said
    assert not (project / "models").exists()


@pytest.mark.parametrize(
    "name",
    [
        "DIETClassifier",
        "ResponseSelector",
        "ConveRTFeaturizer",
        "LanguageModelFeaturizer",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
        "rasa.core.policies.ted_policy.TEDPolicy",
    ],
)
def test_each_neural_component_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    config = tmp_path / "config.yml"
    config.write_text(f"pipeline: [{{name: {name}}}]", encoding="utf-8")

    with pytest.raises(ComponentRefused, match=rf"{name.rpartition('.')[2]} needs tensorflow\."):
        check_components(config)


def test_our_configuration_passes() -> None:
    check_components(ROOT / "config.yml")


def test_a_name_that_nobody_knows_is_left_to_rasa(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("policies: [NeverHeardOf]", encoding="utf-8")

    check_components(config)


def test_the_configuration_is_the_one_the_command_names() -> None:
    assert config_named_by(["train", "-c", "other.yml"]) == Path("other.yml")
    assert config_named_by(["train", "--force"]) == Path("config.yml")
