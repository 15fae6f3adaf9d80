"""The scheme a sentence speaks of, in the words people type."""

from __future__ import annotations

import pytest

from bot.domain.knowledge.schemes import Scheme, scheme_of


@pytest.mark.parametrize(
    "sentence",
    [
        "c'était quoi l'expérimentation bourguignonne ?",
        "en bourgogne y en avait que deux des niveaux ?",
        "lexperience bourgogne ca consistait en quoi",
        "je voudrais connaître les niveaux de l'expérimentation",
        "l'experimentation s'arretait a quel niveau",
        "L’EXPÉRIMENTATION, C’ÉTAIT GRATUIT ?",
        "l'expérimantation de bourgogne",
        "combien de niveaux en Bourgogne en 2013",
        "le cep en bourgogne en 2014 c'était quoi",
        "En Bourgogne, entre 2013 et 2015, qui recevait les salariés ?",
        "et en 2013 ?",
        "2013-2015 il y avait combien de rendez-vous",
        "avant 2015 ça existait où ?",
        "C'était gratuit aussi en Bourgogne ?",
        "combien il y avait de points relais en bourgogne",
        "à l'époque en Bourgogne ça durait combien de temps",
        "pourquoi les PRC et pas une agence",
        "c quoi un prc",
        "les points relais conseil en VAE c'est quoi",
        "C2R c'est qui",
        "qui est Patrick Mayen ?",
        "mayen il dit quoi sur l'alliance",
        "le livre s'appelle comment",
        "c'est quoi le titre du livre",
        "dans l'article de 2015 ils disent 1h15",
        "l'article de Centre Inffo parle de niveaux",
        "le modèle bourguignon allait jusqu'où",
        "le cep bourguignon avait un niveau 3 ?",
        "l'expérimentation a commencé avant la loi de 2014 ?",
        "Les PRC en 2015, ils étaient combien ?",
    ],
)
def test_words_and_dates_of_the_experiment_are_recognised(sentence: str) -> None:
    assert scheme_of(sentence) is Scheme.BOURGOGNE_2013


@pytest.mark.parametrize(
    "sentence",
    [
        "et en 2015 ?",
        "en 2016 c'était qui les opérateurs",
        "Comment ça marchait en 2017 ?",
        "en 2018 fallait payer ?",
        "en 2019 il y avait combien de niveaux ?",
        "entre 2015 et 2019 c'était comment",
        "2015-2019",
        "avant 2020 c'etait comment ?",
        "jusqu'en 2019",
        "à partir de 2015 qui faisait le CEP ?",
        "loi de 2014 les niveaux",
        "la loi du 5 mars 2014 disait quoi",
        "l'arrêté du 16 juillet 2014",
        "le cahier des charges de 2014",
        "la loi n° 2014-288",
        "l'ANI du 11 janvier 2013",
        "avant la réforme c'était pareil ?",
        "le niveau 3 c quoi",
        "niv3",
        "nv 3 c koi",
        "je veux savoir ce que faisait le niveau III",
        "qu'est-ce que c'était un Opacif",
        "c'est quoi le troisième niveau ?",
        "le 3ème niveau",
        "le 3e niveau finance quoi",
        "les trois niveaux c'était quoi",
        "les 3 niveaux",
        "le fongecif faisait le cep ?",
        "mon opacif",
        "le fongésif il m'aidait",
        "Les Fongecif, c'était quoi ?",
        "en Bourgogne-Franche-Comté en 2015, c'était qui ?",
        "en Bourgogne en 2017 c'était qui",
        "j'ai lu qu'en 2015 il y avait trois niveaux",
        "et en 2015, j'avais droit à quoi ?",
    ],
)
def test_words_and_dates_of_the_first_national_scheme_are_recognised(sentence: str) -> None:
    assert scheme_of(sentence) is Scheme.NATIONAL_2014


@pytest.mark.parametrize(
    "sentence",
    [
        "et aujourd'hui ?",
        "aujourdhui c combien de niveaux",
        "et maintenant",
        "dans le système actuel",
        "les niveaux actuels",
        "en 2026 c'est gratuit ?",
        "depuis 2020 ça a donné quoi",
        "après 2019 il y a quoi",
        "la loi avenir professionnel",
        "la loi de 2018 elle dit quoi",
        "l'arrêté du 29 mars 2019",
        "le niveau 3, ça existe encore ?",
        "le niveau 3 n'existe plus ?",
        "Le Fongecif, c'est toujours eux ?",
        "les PRC existent encore aujourd'hui ?",
        "je veux le niveau III",
        "suis-je éligible au niveau 3 ?",
        "on m'a parlé d'un 3e niveau, je peux l'avoir ?",
        "pourquoi y a plus de niveau 3",
        "lvl 3 du cep tjrs dispo ?",
        "qui a remplacé le fongecif",
        "on m'a dit d'aller au fongécife pour mon conseil, c'est bon ?",
        "fonjecif franche comté numéro",
        "Les Fongecif sont-ils encore opérateurs ?",
        "que sont devenus les PRC",
        "les prc vae c'est fini ?",
        "l'expérimentation continue toujours ?",
        "le Fongecif en 2024",
        "on peut encore profiter de l'expérimentation ?",
    ],
)
def test_words_of_the_present_are_recognised(sentence: str) -> None:
    assert scheme_of(sentence) is Scheme.NATIONAL_2019


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "c'est quoi le CEP ?",
        "J'habite en Bourgogne",
        "j'habite en Bourgogne depuis 2014",
        "qui fait le CEP en Bourgogne ?",
        "et en Bourgogne ?",
        "le point relais le plus proche de Beaune",
        "un point relais conseil en évolution professionnelle",
        "point relais conseil le plus proche",
        "mon attestation dif de 2014 vaut encore quelque chose ?",
        "je suis bourguignon",
        "J'étais en Bourgogne",
        "je suis arrivé en Bourgogne en 2014",
        "j'ai déjà fait un CEP en 2016, je peux en refaire un ?",
        "en 2016 j'ai été licencié",
        "En 2015, j'ai été embauché",
        "j'ai eu mon CAP en 2015",
        "je suis salarié depuis 2017",
        "chui dans la meme boite depuis 2015",
        "mon bilan de 2017",
        "j'ai un diplôme de niveau 3",
        "niveau III c'est un BTS ?",
        "je suis niveau 3",
        "j'ai le niveau 3 en anglais",
        "c'est 2 ou 3 niveaux ?",
        "mon poste actuel me plaît pas",
        "je suis cadre expérimenté",
        "je travaille dans les métiers du livre",
        "mon livret de VAE",
        "que dit l'article L. 6111-6 ?",
        "l'article 6315-1",
        "le C2RP des Hauts-de-France",
        "j'habite en Mayenne",
        "ma formation coûte 2015 euros",
        "21200",
        "mon opco c'est lequel",
        "pôle emploi fait le CEP ?",
    ],
)
def test_no_sign_decides_nothing(sentence: str) -> None:
    assert scheme_of(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "quelle différence entre 2014 et aujourd'hui ?",
        "qu'est-ce qui a changé entre l'expérimentation et la loi de 2014",
        "en 2015 et maintenant ?",
        "qu'est-ce qui a changé entre l'expérience régionale et la loi de 2014",
        "le CEP bourguignon par rapport à l'actuel",
        "de 2017 à 2023",
    ],
)
def test_two_schemes_side_by_side_decide_nothing(sentence: str) -> None:
    assert scheme_of(sentence) is None
