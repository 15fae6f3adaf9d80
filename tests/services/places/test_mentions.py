"""Places named inside sentences, and sentences that name none."""

from __future__ import annotations

import pytest

from bot.services import places
from tests.services.places.said import gazetteer, written

NAMED = """
je suis en CDI à Beaune, cadre -> Beaune (21)
j'habite à Nevers -> Nevers (58)
j'habite Nevers -> Nevers (58)
jhabite a macon -> Mâcon (71)
je vis à Avallon depuis 3 ans -> Avallon (89)
je suis domicilié à Clamecy -> Clamecy (58)
j'habite actuellement sur Chalon -> Chalon-sur-Saône (71)
j'habite un village près de Clamecy -> Clamecy (58)
j'habite au Creusot -> Le Creusot (71)
je suis du creusot -> Le Creusot (71)
j'habite Sens -> Sens (89)
j'habite la Machine -> La Machine (58)
j'habite à Auxere -> Auxerre (89) ?
j'habite dans l'Yonne -> dept 89
je viens de Chalon -> Chalon-sur-Saône (71)
je suis de Decize -> Decize (58)
je suis de Sens -> Sens (89)
habitant de la commune de Tonnerre -> Tonnerre (89)
près de Dijon -> Dijon (21)
plus près de Nevers -> Nevers (58)
j'habite près de Chalon -> Chalon-sur-Saône (71)
pas loin de Dijon -> Dijon (21)
du côté de Semur-en-Auxois -> Semur-en-Auxois (21)
dans le coin de Tournus -> Tournus (71)
le point relais le plus proche de Montbard -> Montbard (21)
celui de Beaune -> Beaune (21)
près de Saint-Germain -> Saint-Germain-du-Plain (71) | Saint-Germain-du-Bois (71) | Saint-Germain-en-Laye (78)
je suis à Givry -> Givry (71) | Givry (89) | Givry (08)
un rdv à Chalon jeudi à 14h -> Chalon-sur-Saône (71)
à Montceau les Mines -> Montceau-les-Mines (71)
à beaune la semaine -> Beaune (21)
je suis à la charité sur loire -> La Charité-sur-Loire (58)
à Sens -> Sens (89)
c'est pour demain à Sens -> Sens (89)
je vais à Paris -> Paris (75)
vers Autun -> Autun (71)
sur Digoin -> Digoin (71)
je bosse sur Chalon -> Chalon-sur-Saône (71)
je travaille à l'hôpital de Nevers -> Nevers (58)
je travaille à Dijon mais j'habite à Beaune -> Beaune (21)
j'habite à Beaune mais je travaille à Dijon -> Beaune (21)
mon patron à Beaune ne veut pas -> Beaune (21)
ok pour Auxerre -> Auxerre (89)
en fait je suis à Avallon -> Avallon (89)
non plutôt Nevers -> Nevers (58)
plutôt nevers -> Nevers (58)
non, Nevers -> Nevers (58)
finalement Auxerre -> Auxerre (89)
pas dijon, nevers -> Nevers (58)
pas à Dijon mais à Nevers -> Nevers (58)
non plutôt Chalon pas Dijon -> Chalon-sur-Saône (71)
je ne veux pas aller à Dijon, plutôt Nevers -> Nevers (58)
à Dijon ou à Beaune -> Dijon (21) | Beaune (21)
à Dijon ou Beaune -> Dijon (21) | Beaune (21)
entre Dijon et Beaune -> Dijon (21) | Beaune (21)
nevers -> Nevers (58)
Joigny -> Joigny (89)
autun svp -> Autun (71)
cdi beaune -> Beaune (21)
Beaune jeudi après 17h -> Beaune (21)
et à Decize ? -> Decize (58)
21000 -> Dijon (21)
je suis au 71200 -> 71200 +2
58200 Cosne -> Cosne-Cours-sur-Loire (58)
dans le 71 -> dept 71
dans la Nièvre -> dept 58
en Saône-et-Loire -> dept 71
"""
NAMED_CASES = [tuple(line.split(" -> ")) for line in NAMED.strip().splitlines()]

NONE = """
à mon compte
je me suis mis à mon compte
à l'hôpital
je travaille à l'hôpital
au chômage
je suis au chômage depuis mars
à distance
à midi
au téléphone
à 18h
vers 18h
sur mes heures
est-ce que c'est pris sur mes heures de travail
ça a du sens
dans quel sens
je cherche un métier qui a du sens
à temps partiel
à plein temps
à la retraite
en arrêt maladie
à la maison
à la campagne
je vis à la campagne
au cours de l'année
à tours de rôle
je prends l'avion
sur place
au port
à mon avis
à quoi ça sert
au travail
au revoir
aux prud'hommes
sur internet
à côté de la gare
à la mairie
à pôle emploi
à France Travail
je vis seul
j'habite chez mes parents
vis-à-vis de mon employeur
je suis de nuit
je suis de retour
je viens de finir mon contrat
je viens de lire votre message
plutôt le matin
plutôt mardi
finalement jeudi
mais bon
non merci
non pas du tout
merci
oui
avec plaisir
je suis cadre
je suis salarié
mon entreprise a fermé
il a perdu son travail
je gagne 25000 euros
j'ai touché 21000 € brut
mon tel 03 80 12 34 56
dossier 21000
Jean Dijon
je m'appelle Marie Beaune
pas Dijon
loin de Dijon
je n'habite plus à Dijon
bonjour je voudrais un rendez-vous
je craque, j'en peux plus
"""


@pytest.mark.parametrize(("sentence", "expected"), NAMED_CASES)
def test_a_place_is_found_in_a_sentence(sentence: str, expected: str) -> None:
    assert written(places.mentioned(gazetteer(), sentence)) == expected


@pytest.mark.parametrize("sentence", NONE.strip().splitlines())
def test_no_place_is_invented(sentence: str) -> None:
    assert places.mentioned(gazetteer(), sentence) is None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("je suis en CDI à Chalon s/ Saône, cadre", "Chalon s/ Saône"),
        ("je suis au 71200 voilà", "71200"),
        ("j'habite dans l'Yonne", "Yonne"),
        ("à Dijon ou à Beaune", "Dijon ou à Beaune"),
    ],
)
def test_the_answer_keeps_the_words_it_was_read_from(sentence: str, words: str) -> None:
    answer = places.mentioned(gazetteer(), sentence)

    assert answer is not None
    assert answer.words == words
