"""A small classifier, learnt in a second from sentences of our own, for tests of what surrounds it."""

from bot.assistant.nlu.classifier import SentenceClassifier
from bot.assistant.nlu.concepts import Concepts
from bot.assistant.nlu.fitting import PriorKnowledge, TrainingConfig, fit

SENTENCES = {
    "greet": ["bonjour", "salut", "bonsoir madame", "coucou", "bonjour à vous", "hello"],
    "book_appointment": [
        "je veux un rendez-vous",
        "prendre rendez-vous",
        "réserver un créneau",
        "un rdv svp",
        "fixer un rendez-vous",
        "je voudrais prendre rdv",
    ],
    "faq/cout_prix": [
        "combien ça coûte",
        "c'est payant ?",
        "quel est le prix",
        "faut payer quelque chose ?",
        "c'est gratuit ?",
        "quel tarif",
    ],
    "faq/cpf_dif": [
        "mes heures de dif",
        "le dif existe encore",
        "j'ai perdu mon dif",
        "que devient le dif",
        "dif perdu",
        "mon solde de dif",
    ],
    "out_of_scope": [
        "la météo de demain",
        "une recette de crêpes",
        "qui a gagné le match",
        "mon colis est perdu",
        "le prix du bitcoin",
        "réparer mon vélo",
    ],
}
KNOWN = PriorKnowledge(
    Concepts({"money": ["payer", "prix", "cout*", "gratuit*"]}), Concepts({"care_suicide": ["veux mourir"]}), None
)


def sentences() -> list[tuple[str, str]]:
    """Every sentence with its label."""
    return [(text, label) for label, texts in SENTENCES.items() for text in texts]


def small_classifier() -> SentenceClassifier:
    """The classifier of these sentences."""
    return fit(sentences(), TrainingConfig(), KNOWN)
