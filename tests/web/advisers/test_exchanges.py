"""The pages of exchanges between advisers: looked at before they are shown, nothing lost, nothing said of who hides."""

from __future__ import annotations

import pytest

from bot.domain.accounts import Role
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.web.advisers.browser import SAME_ORIGIN, Browser, Clock, signed_in
from tests.web.advisers.exchange_desk import NEW, PAGE, SITUATION, hidden, replied, send, shared

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("x")'
MAILBOX = "ana@exemple.fr"


@pytest.fixture
def ines(uow: SqlUnitOfWork, clock: Clock) -> Browser:
    return signed_in("ines", clock=clock)


@pytest.fixture
def paul(uow: SqlUnitOfWork, clock: Clock) -> Browser:
    return signed_in("paul", clock=clock)


@pytest.fixture
def coline(uow: SqlUnitOfWork, clock: Clock) -> Browser:
    return signed_in("coline", Role.COORDINATOR, clock=clock)


def acts(uow: SqlUnitOfWork) -> list[str]:
    with uow.reading() as view:
        return [entry.act for entry in view.audit_log.latest(50)]


def test_a_situation_is_shared_and_answered_under_their_names(ines: Browser, paul: Browser) -> None:
    address = shared(ines)
    replied(paul, address)

    listing, page = paul.get(PAGE).text, ines.get(address).text

    assert "par Ines" in listing
    assert "1&nbsp;réponse" in listing
    assert "Par vous" in page
    assert "Par Paul" in page
    assert "Je lui laisse du temps." in page


def test_without_a_name_nobody_reads_who_wrote_but_the_record_knows(
    ines: Browser, paul: Browser, uow: SqlUnitOfWork
) -> None:
    address = shared(ines, anonyme="oui")
    replied(ines, address, anonyme="oui")
    with uow.reading() as view:
        number = view.accounts.with_login("ines").id  # type: ignore[union-attr]

    for page in (paul.get(PAGE).text, paul.get(address).text):
        assert "un collègue, sans son nom" in page
        assert "Ines" not in page
        assert number not in page
    assert "vous (sans votre nom)" in ines.get(address).text
    assert "publish_exchange" in acts(uow)


def test_what_leads_to_a_person_is_refused_with_all_that_was_typed(ines: Browser, uow: SqlUnitOfWork) -> None:
    words = f"Une salariée, {MAILBOX}, hésite.\r\nDepuis longtemps."

    told = send(ines, NEW, **{**SITUATION, "situation": words}, anonyme="oui", confirme="oui")

    assert told.status_code == 422
    assert f"«&nbsp;{MAILBOX}&nbsp;», une adresse e-mail" in told.text
    assert 'aria-invalid="true" aria-describedby="situation-faute situation-aide"' in told.text
    assert "<title>Erreur : " in told.text
    for typed in (SITUATION["titre"], SITUATION["question"], "Une salariée, ", "Depuis longtemps.", " checked"):
        assert typed in told.text
    assert "publish_exchange" not in acts(uow)


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("theme", "Choisissez un thème."),
        ("titre", "Il manque le titre."),
        ("situation", "Il manque la situation."),
        ("question", "Il manque la question."),
    ],
)
def test_a_field_left_out_is_named_and_the_others_are_kept(ines: Browser, missing: str, told: str) -> None:
    answer = send(ines, NEW, **{**SITUATION, missing: " "})

    assert answer.status_code == 422
    assert told in answer.text
    assert f'<a href="#{missing}">' in answer.text
    assert all(text in answer.text for name, text in SITUATION.items() if name not in (missing, "theme"))


def test_a_text_that_is_too_long_comes_back_whole(ines: Browser) -> None:
    long = "encore " * 500

    answer = send(ines, NEW, **{**SITUATION, "situation": long})

    assert answer.status_code == 422
    assert "3 000 caractères" in answer.text
    assert long.strip() in answer.text


def test_what_is_doubtful_is_shown_then_confirmed_by_a_tick(ines: Browser, uow: SqlUnitOfWork) -> None:
    doubtful = {**SITUATION, "situation": "Sophie, de Beaune, quitte la société Dupont."}

    preview = send(ines, NEW, **doubtful)
    unticked = send(ines, NEW, **hidden(preview.text))
    published = send(ines, NEW, **hidden(unticked.text), confirme="oui")

    assert (preview.status_code, unticked.status_code, published.status_code) == (200, 422, 303)
    for passage in ("Sophie", "Beaune", "société Dupont"):
        assert f"<mark>{passage}</mark>" in preview.text
    assert "cochez la case" in unticked.text
    assert {"publish_exchange", "confirm_anonymous"} <= set(acts(uow))
    assert "Sophie, de Beaune" in ines.get(published.headers["Location"]).text


def test_a_tick_counts_for_the_words_it_was_shown_with_alone(ines: Browser) -> None:
    preview = send(ines, NEW, **{**SITUATION, "titre": "Sophie hésite"})

    other = send(ines, NEW, **{**hidden(preview.text), "titre": "Karim hésite"}, confirme="oui")
    unseen = send(ines, NEW, **{**SITUATION, "titre": "Karim hésite"}, confirme="oui")

    for answer in (other, unseen):
        assert answer.status_code == 200
        assert "<mark>Karim</mark>" in answer.text


def test_from_the_preview_one_goes_back_to_correct_and_loses_nothing(ines: Browser) -> None:
    doubtful = {**SITUATION, "situation": "Sophie hésite.\n\nElle « doute »."}
    preview = send(ines, NEW, **doubtful, anonyme="oui")

    form = send(ines, NEW, **hidden(preview.text), corriger="oui")

    assert form.status_code == 200
    assert "Sophie hésite.\n\nElle « doute »." in form.text
    assert '<option value="change" selected>' in form.text
    assert 'name="anonyme" value="oui" checked' in form.text


def test_an_answer_is_looked_at_as_a_situation_is(ines: Browser, paul: Browser) -> None:
    address = shared(ines)

    refused = send(paul, f"{address}/repondre", reponse="Appelez le 06 12 34 56 78, dit-elle.")
    preview = send(paul, f"{address}/repondre", reponse="Comme chez Renault.")
    seen = hidden(preview.text)
    number = replied(paul, address, seen.pop("reponse"), **seen, confirme="oui")
    corrected = send(paul, f"{PAGE}/reponses/{number}/corriger", reponse="Comme ailleurs.")

    assert (refused.status_code, preview.status_code, corrected.status_code) == (422, 200, 303)
    assert "Appelez le 06 12 34 56 78, dit-elle." in refused.text
    assert SITUATION["situation"] in refused.text
    assert "Comme ailleurs." in ines.get(address).text
    assert "Comme chez Renault." not in ines.get(address).text


def test_a_situation_is_corrected_from_its_own_words(ines: Browser, paul: Browser) -> None:
    address = shared(ines)
    form = ines.get(f"{address}/corriger").text

    assert SITUATION["situation"] in form
    assert send(ines, f"{address}/corriger", **{**SITUATION, "titre": "Un autre titre"}).status_code == 303
    assert "Un autre titre" in paul.get(address).text
    assert "(corrigé le " in paul.get(address).text


def test_nobody_touches_what_another_wrote(ines: Browser, paul: Browser) -> None:
    address = shared(ines)
    number = replied(ines, address)

    for path in (f"{address}/corriger", f"{PAGE}/reponses/{number}/corriger"):
        assert paul.get(path).status_code == 404
        assert send(paul, path, **SITUATION, reponse="autre").status_code == 404
    for path in (f"{address}/retirer", f"{PAGE}/reponses/{number}/retirer"):
        assert send(paul, path).status_code == 404
    for path in (f"{address}/ecarter", f"{PAGE}/reponses/{number}/ecarter"):
        assert send(paul, path, raison="non").status_code == 403
    assert SITUATION["situation"] in paul.get(address).text


def test_its_author_takes_a_text_away(ines: Browser, paul: Browser) -> None:
    address = shared(ines)
    number = replied(paul, address)

    assert send(paul, f"{PAGE}/reponses/{number}/retirer").status_code == 303
    page = ines.get(address).text
    assert "Réponse retirée par son auteur" in page
    assert "Pas encore de réponse" in page
    assert send(ines, f"{address}/retirer").status_code == 303
    assert paul.get(address).status_code == 404
    assert SITUATION["titre"] not in paul.get(PAGE).text


def test_the_coordination_takes_it_away_with_a_reason_its_author_reads(
    ines: Browser, paul: Browser, coline: Browser
) -> None:
    address = shared(ines)
    number = replied(paul, address)
    reason = f"On reconnaît la personne. {SCRIPT}"

    unsaid = send(coline, f"{address}/ecarter", raison="  ")
    assert unsaid.status_code == 422
    assert "Il manque la raison" in unsaid.text
    copied = send(coline, f"{address}/ecarter", raison=f"Vous avez laissé {MAILBOX}")
    assert copied.status_code == 422
    assert "La raison recopie" in copied.text
    assert f'value="Vous avez laissé {MAILBOX}"' in copied.text
    assert send(coline, f"{PAGE}/reponses/{number}/ecarter", raison=reason).status_code == 303
    assert "On reconnaît la personne." in paul.get(address).text
    assert "On reconnaît la personne." not in ines.get(address).text
    assert send(coline, f"{address}/ecarter", raison=reason).status_code == 303

    for page in (ines.get(PAGE).text, ines.get(address).text):
        assert "On reconnaît la personne. &lt;script&gt;" in page
        assert SITUATION["situation"] not in page
    assert paul.get(address).status_code == 404


def test_words_typed_for_a_text_that_was_withdrawn_come_back(ines: Browser, paul: Browser, coline: Browser) -> None:
    address, later = shared(ines), shared(ines)
    number, lost = replied(paul, address), replied(paul, later)
    send(coline, f"{PAGE}/reponses/{number}/ecarter", raison="On reconnaît la personne.")
    send(coline, f"{later}/ecarter", raison="On reconnaît la personne.")

    answers = [
        send(paul, f"{later}/repondre", reponse="Trop tard."),
        send(paul, f"{PAGE}/reponses/{number}/corriger", reponse="Trop tard."),
        send(paul, f"{PAGE}/reponses/{lost}/corriger", reponse="Trop tard."),
        send(ines, f"{later}/corriger", **{**SITUATION, "titre": "Trop tard."}),
    ]

    assert [each.status_code for each in answers] == [409] * 4
    assert all("Trop tard." in each.text for each in answers)
    for act in ("aide", "retirer"):
        assert send(ines, f"{PAGE}/reponses/{lost}/{act}").status_code == 409


def test_two_advisers_answer_from_the_page_they_had_open(ines: Browser, paul: Browser, coline: Browser) -> None:
    address = shared(ines)

    replied(paul, address, "D’abord du temps.")
    replied(coline, address, "D’abord une enquête métier.")

    page = ines.get(address).text
    assert "2&nbsp;réponses" in page
    assert "D’abord du temps." in page
    assert "D’abord une enquête métier." in page


def test_an_answer_that_helped_is_counted_without_a_name(ines: Browser, paul: Browser, coline: Browser) -> None:
    address = shared(ines)
    number = replied(paul, address)
    helped = f"{PAGE}/reponses/{number}/aide"

    for who in (ines, ines, coline):
        assert send(who, helped, aide="oui").status_code == 303
    assert send(paul, helped, aide="oui").status_code == 409

    page = paul.get(address).text
    assert "A aidé 2&nbsp;collègues" in page
    assert "Ça m’a aidé" not in page
    send(ines, helped, aide="non")
    assert "A aidé 1&nbsp;collègue<" in paul.get(address).text


def test_what_is_new_is_counted_until_the_next_visit(ines: Browser, paul: Browser) -> None:
    shared(ines)

    before = paul.get("/conseil/demandes").text
    first, second = paul.get(PAGE).text, paul.get(PAGE).text

    assert '<span class="count">1<span class="hidden"> nouveauté</span></span>' in before
    assert "depuis votre dernière visite" in first
    assert '<span class="tag new">Nouveau</span>' in first
    assert "depuis votre dernière visite" not in second
    assert "depuis votre dernière visite" not in ines.get(PAGE).text


def test_the_list_is_searched_filtered_and_says_when_nothing_fits(ines: Browser, paul: Browser) -> None:
    answered = shared(ines, titre="Une VAE refusée", theme="validation")
    replied(paul, answered)
    shared(ines)

    assert "Une VAE refusée" in ines.get(f"{PAGE}?mots=vae+refusee").text
    assert "Une reconversion" not in ines.get(f"{PAGE}?theme=validation").text
    assert "Une VAE refusée" not in ines.get(f"{PAGE}?sans_reponse=oui").text
    assert "Rien ne correspond." in ines.get(f"{PAGE}?mots={SCRIPT}&page=9999999999&theme=nul").text


def test_older_ones_are_on_the_next_page(ines: Browser) -> None:
    for number in range(21):
        shared(ines, titre=f"Situation à relire {'bis ' * number}fin")

    first = ines.get(PAGE).text

    assert 'href="/conseil/echanges?page=1"' in first
    assert "Situation à relire fin" in ines.get(f"{PAGE}?page=1").text


@pytest.mark.parametrize("words", [SCRIPT, FORMULA, "{{ 7 * 7 }}", 'l\'apostrophe & "le reste"'])
def test_scripts_and_formulas_are_only_text(ines: Browser, paul: Browser, words: str) -> None:
    attack = {**SITUATION, "situation": f"avant {words} après"}
    seen = send(ines, NEW, **attack)
    published = seen if seen.status_code == 303 else send(ines, NEW, **hidden(seen.text), confirme="oui")
    address = published.headers["Location"]
    answered = send(paul, f"{address}/repondre", reponse=words)
    if answered.status_code != 303:
        send(paul, f"{address}/repondre", **hidden(answered.text), confirme="oui")

    page = paul.get(address).text

    assert SCRIPT not in page
    assert SCRIPT not in seen.text
    assert "49" not in page.partition("<article")[2].partition("</article>")[0]
    assert "après" in page


def test_a_form_without_its_token_or_from_another_site_changes_nothing(ines: Browser, uow: SqlUnitOfWork) -> None:
    assert ines.post(NEW, data=SITUATION, headers=SAME_ORIGIN).status_code == 403
    assert ines.post(NEW, data={**SITUATION, "jeton": "x"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403

    assert "publish_exchange" not in acts(uow)


def test_a_form_sent_twice_publishes_once(ines: Browser) -> None:
    sending = hidden(ines.get(NEW).text)["envoi"]

    assert shared(ines, envoi=sending) == shared(ines, envoi=sending)


def test_a_closed_account_leaves_its_texts_without_a_name(ines: Browser, paul: Browser, clock: Clock) -> None:
    address = shared(ines)
    chief = signed_in("chef", Role.ADMINISTRATOR, clock=clock)
    with_account = chief.get("/conseil/comptes").text
    number = (
        with_account.partition("Fermer le compte de Ines")[0].rpartition('name="compte" value="')[2].partition('"')[0]
    )

    chief.post_form("/conseil/comptes/fermer", page="/conseil/comptes", compte=number)

    page = paul.get(address).text
    assert "quelqu’un dont le compte est fermé" in page
    assert "Ines" not in page
