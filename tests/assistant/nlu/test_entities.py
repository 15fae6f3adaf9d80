"""Which sentences the CRF learns from."""

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.assistant.nlu.entities import ONE_IN, training_subset


def test_every_annotated_sentence_is_kept_and_a_share_of_the_others() -> None:
    annotated = [Message({TEXT: f"à Nevers {number}", ENTITIES: [{"entity": "commune"}]}) for number in range(5)]
    plain = [Message({TEXT: f"c'est gratuit {number}"}) for number in range(100)]

    kept = training_subset([*plain, *annotated])

    assert all(example in kept for example in annotated)
    assert len(kept) == len(annotated) + len(plain) // ONE_IN


def test_a_moment_that_is_not_annotated_is_not_shown_as_none() -> None:
    said = [Message({TEXT: f"vous ouvrez le samedi {number} ?"}) for number in range(ONE_IN)]

    assert training_subset(said) == []


def test_the_order_of_the_files_changes_nothing() -> None:
    plain = [Message({TEXT: f"phrase {number}"}) for number in range(40)]

    assert [each.get(TEXT) for each in training_subset(plain)] == [
        each.get(TEXT) for each in training_subset(plain[::-1])
    ]
