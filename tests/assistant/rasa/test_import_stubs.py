"""Rasa's modules import without the packages that nothing uses; using one for real is said, and why."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.assistant.nlu.entities import AnswerEntityExtractor
from bot.assistant.rasa import import_stubs
from bot.assistant.rasa.import_stubs import StubFinder, StubUsed, stubs_of

ROOT = Path(__file__).resolve().parents[3]


def test_rasa_loads_its_default_components_and_channels() -> None:
    import rasa.core.channels
    from rasa.engine.recipes.default_components import DEFAULT_COMPONENTS

    assert {"DIETClassifier", "TEDPolicy", "RulePolicy"} <= {each.__name__ for each in DEFAULT_COMPONENTS}
    assert "twilio" in rasa.core.channels.BUILTIN_CHANNELS


def test_a_neural_component_used_for_real_says_what_is_missing() -> None:
    from rasa.utils.tensorflow.models import RasaModel

    with pytest.raises(StubUsed, match=r"^keras\.Model was used, but keras is a stub here: .*0014"):
        RasaModel(random_seed=1)


def test_a_function_of_a_stub_says_which_one() -> None:
    import tensorflow as tf

    with pytest.raises(StubUsed, match=r"^tensorflow\.random\.set_seed was used"):
        tf.random.set_seed(1)


def test_a_channel_of_rasa_says_what_is_missing() -> None:
    from rasa.core.channels.twilio import TwilioOutput

    with pytest.raises(StubUsed, match="channels of Rasa, which are refused at start"):
        TwilioOutput("account", "token", "+33639980000")


def test_a_stub_may_be_named_inherited_from_and_annotated_with() -> None:
    import keras
    from tensorflow.keras.layers import Dense

    class Own(Dense, dict):
        """Inherits from a stub and from something else."""

    assert issubclass(Own, keras.layers.Layer) is False
    assert keras.layers.Layer is not Dense
    assert Dense | None
    assert not hasattr(keras, "__version__")


def test_a_store_that_fails_says_its_own_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    from rasa.core import tracker_store
    from rasa.shared.exceptions import ConnectionException

    def fails(*_: object) -> None:
        raise ConnectionError("the database is away")

    monkeypatch.setattr(tracker_store, "create_tracker_store", fails)

    with pytest.raises(ConnectionException, match="Cannot connect to tracker store"):
        tracker_store.TrackerStore.create(None)


async def test_an_event_broker_that_fails_says_its_own_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    from rasa.core.brokers import broker

    async def fails(*_: object) -> None:
        raise ValueError("no such broker")

    monkeypatch.setattr(broker, "_create_from_endpoint_config", fails)

    with pytest.raises(ValueError, match="no such broker"):
        await broker.EventBroker.create(None)


def test_what_a_component_reaches_is_known_from_its_code() -> None:
    from rasa.core.policies.unexpected_intent_policy import UnexpecTEDIntentPolicy

    class Own(UnexpecTEDIntentPolicy):
        """A component of ours that inherits from a neural one."""

    assert stubs_of(Own) == ["tensorflow"]
    assert stubs_of(AnswerEntityExtractor) == []


def test_the_stubs_are_installed_once() -> None:
    import_stubs.install()

    assert sum(isinstance(finder, StubFinder) for finder in sys.meta_path) == 1


def test_installed_too_late_they_say_so() -> None:
    code = "import matplotlib; from bot.assistant.rasa import import_stubs; import_stubs.install()"
    made = f"import sys, types; sys.modules['matplotlib'] = types.ModuleType('matplotlib'); {code}"

    ended = subprocess.run([sys.executable, "-c", made], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert "imported before the stubs were installed: matplotlib" in ended.stderr


def test_it_is_said_once_in_the_log() -> None:
    code = (
        "import logging; logging.basicConfig(level=logging.INFO); from bot.assistant.rasa import import_stubs as stubs"
    )
    twice = f"{code}; stubs.install(); stubs.install()"

    ended = subprocess.run([sys.executable, "-c", twice], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ended.stderr.count("Rasa is loaded without tensorflow, keras,") == 1
