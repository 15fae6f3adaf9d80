"""The figures of understanding themselves: what counts as right, found, missed, calibrated."""

from dataclasses import replace

from tests.nlu.calibration import bands
from tests.nlu.held import Tally, compare, unmarked
from tests.nlu.scores import scores
from tests.nlu.trained_model import Mark, Understood
from tests.nlu.unseen_sentences import Unseen


def understood(meant: str, taken: str, confidence: float = 0.9, also: tuple[str, ...] = ()) -> Understood:
    return Understood(Unseen("?", meant, also=also), taken, confidence, (taken,))


def test_another_entry_is_the_right_intent_and_the_wrong_entry() -> None:
    found = scores([understood("faq/cout_prix", "faq/cout_cpf")])

    assert (found.intent, found.entry) == (1.0, 0.0)


def test_a_label_that_says_the_same_fact_is_right() -> None:
    found = scores([understood("faq/droit_independant", "check_eligibility", also=("check_eligibility",))])

    assert (found.intent, found.entry, found.confusions) == (1.0, 1.0, ())


def test_refusing_is_right_only_of_what_is_out_of_scope() -> None:
    found = scores([understood("out_of_scope", "nlu_fallback"), understood("stop", "nlu_fallback")])

    assert (found.refused, found.wrongly_refused) == (1.0, 1.0)
    assert found.confusions == (("stop", "nlu_fallback", 1),)


def test_annotations_are_taken_off_and_placed() -> None:
    assert unmarked("à [Beaune](commune) [mardi](moment)") == (
        "à Beaune mardi",
        (Mark("commune", 2, 8), Mark("moment", 9, 14)),
    )


def test_an_entity_is_found_when_half_of_it_is_marked_with_its_kind() -> None:
    expected = [Mark("moment", 0, 10), Mark("commune", 20, 30)]
    found = [Mark("moment", 2, 9), Mark("person", 20, 30)]

    assert compare(expected, found) == {
        "moment": Tally(right=1),
        "commune": Tally(missed=1),
        "person": Tally(wrong=1),
    }


def test_f1_weighs_what_is_wrong_and_what_is_missed() -> None:
    assert Tally(right=3, wrong=1, missed=1).f1 == 0.75
    assert Tally().f1 is None


def test_a_band_tells_how_many_of_its_answers_are_right() -> None:
    sure = understood("stop", "stop", 0.96)
    results = [sure, replace(sure, label="help"), understood("stop", "nlu_fallback", 0.96)]

    (band,) = bands(results)

    assert (band.count, band.right) == (2, 0.5)
