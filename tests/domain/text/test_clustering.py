"""Sentences that ask the same thing are found together, whatever their spelling."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.knowledge.unanswered import Unanswered, UnansweredKind, grouped
from bot.domain.text.clustering import cluster, cosine_similarity, most_typical

PARKING = ["il y a un parking ?", "où se garer, y a-t-il un parking", "vos parkings sont gratuits", "parking gratuit ?"]
CHILDREN = ["je peux venir avec mes enfants", "puis-je venir avec mon enfant ?"]


def test_the_same_question_in_other_words_is_one_group():
    groups = cluster([*CHILDREN, *PARKING])

    assert groups[0] == [2, 3, 4, 5]
    assert [0, 1] in groups


def test_different_questions_stay_apart():
    assert len(cluster(["il y a un parking ?", "qui paie le train ?", "vous parlez anglais ?"])) == 3


def test_sentences_without_a_telling_word_are_no_fault():
    assert cluster(["?", "et ça ?", ""]) != []
    assert cluster([]) == []


def test_the_most_typical_sentence_is_the_one_closest_to_all():
    assert most_typical(["parking", "il y a un parking à Beaune", "parking ou bus"]) == 0


def test_the_cosine_similarity_goes_from_nothing_to_the_same():
    assert cosine_similarity({"un": 0.6, "parking": 0.8}, {"parking": 0.8, "un": 0.6}) == pytest.approx(1)
    assert cosine_similarity({"parking": 1.0}, {"enfant": 1.0}) == 0


def test_small_words_do_not_tell_sentences_apart():
    assert cluster(["un parking ?", "le parking"]) == [[0, 1]]


def test_a_group_says_what_it_was_near_and_when_it_was_last_said():
    said = [
        Unanswered(1, date(2026, 11, 2), UnansweredKind.QUESTION, "il y a un parking ?", "faq/points_relais_adresse"),
        Unanswered(2, date(2026, 11, 9), UnansweredKind.QUESTION, "parking gratuit ?", "faq/points_relais_adresse"),
        Unanswered(3, date(2026, 11, 3), UnansweredKind.QUESTION, "un parking", "out_of_scope"),
    ]

    (group,) = grouped(said)

    assert (group.near, group.last_on) == ("faq/points_relais_adresse", date(2026, 11, 9))
    assert "parking" in group.title
