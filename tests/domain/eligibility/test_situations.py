"""What is read in a sentence about one's situation: careless French, negations, traps, answers."""

from __future__ import annotations

import pytest

from bot.app.settings import ROOT
from bot.domain.eligibility.phrases import pattern, plain_words
from bot.domain.eligibility.situations import facts_said
from bot.knowledge.eligibility import load_rulebook

RULEBOOK = load_rulebook(ROOT / "data" / "knowledge" / "eligibility")

# One line: the sentence | the facts read.
SENTENCES = """
je suis infirmière à l'hôpital public | employer=public public_branch=hospital
infirmiere au chu de dijon | employer=public public_branch=hospital department=21
aide-soignante dans un hôpital | employer=public public_branch=hospital
je bosse à l'hosto | activity=employed employer=public public_branch=hospital
je suis brancardier à l'hopital | employer=public public_branch=hospital
infirmière libérale | self_employed_as=liberal
je travaille dans un hôpital privé | activity=employed employer=private
je suis prof | employer=public public_branch=state
prof de maths au collège | employer=public public_branch=state
chui instit | employer=public public_branch=state
je suis AESH | employer=public public_branch=state
je travaille aux impôts, agent des impots | activity=employed employer=public public_branch=state
policière | employer=public public_branch=state
prof dans le privé sous contrat | private_school_teacher=yes
enseignante dans une école privée | private_school_teacher=yes
je suis fonctionnaire | employer=public
jsuis fonctionaire | employer=public
je ne suis pas fonctionnaire |
fonctionnaire à la mairie | employer=public public_branch=territorial
je bosse pour la ville | employer=public public_branch=territorial
secrétaire de mairie | employer=public public_branch=territorial
ATSEM | employer=public public_branch=territorial
agent territorial | employer=public public_branch=territorial
je suis au conseil départemental | employer=public public_branch=territorial
contractuelle à la préfecture | contract=public_agent employer=public public_branch=state
vacataire | contract=public_agent
gendarme | employer=military
je suis dans l'armée | employer=military
ancien militaire, je suis au chômage | activity=none looking_for_work=yes
ma femme est militaire | employer=military for_someone_else=no
femme de militaire | employer=military
je suis en CDI | contract=permanent
en cdd dans une boîte | contract=fixed_term employer=private
je suis salarié du privé | employer=private
salariée dans le privé, non cadre | employer=private is_executive=no
je suis pas cadre mais salarié du privé | is_executive=no employer=private
je ne suis pas du tout cadre | is_executive=no
pas encore cadre | is_executive=no
ni cadre ni fonctionnaire | is_executive=no
je n'ai pas le statut cadre | is_executive=no
non cadre | is_executive=no
je suis cadre | is_executive=yes
non, je suis cadre | is_executive=yes
cadre sup dans une banque | is_executive=yes employer=private
j'étais cadre, je suis au chômage | is_executive=yes activity=none looking_for_work=yes
je ne sais pas si je suis cadre | is_executive=unknown
c'est dans quel cadre ? |
mon cadre de vie me pèse |
je suis ingénieur chez Framatome | is_executive=yes employer=private
agent de maîtrise | near_executive=yes
caissière chez Leclerc | employer=private is_executive=no
chui chauffeur routier | employer=private is_executive=no
je suis maçon | employer=private is_executive=no
je travaille à Mâcon | activity=employed department=71
j'habite à Sens | department=89
71100 Chalon | department=71
mon code postal est le 97410 | department=974
je suis auto-entrepreneur | self_employed_as=micro
autoentrepreneuse | self_employed_as=micro
en micro entreprise | self_employed_as=micro
boulanger à mon compte | self_employed_as=craftsperson
je suis à mon compte | employer=self_employed
travailleur indépendant | employer=self_employed
freelance | employer=self_employed
non salarié | employer=self_employed
je suis commerçante | self_employed_as=trader
artisan plombier | self_employed_as=craftsperson
viticulteur | self_employed_as=farmer
conjointe collaboratrice | self_employed_as=family_helper
président de SASU | director=yes
CDI et micro-entreprise à côté | contract=permanent self_employed_as=micro employer=private second_activity=yes
fonctionnaire et auto-entrepreneur | employer=public self_employed_as=micro public_and_private=yes
assistante maternelle | employer=individual
nounou chez des particuliers | employer=individual
je garde des enfants à domicile | employer=individual
pour une famille | employer=individual
j'ai une famille à nourrir |
je travaille dans une association | activity=employed employer=association
une asso | employer=association
éducatrice en association | names_trade=yes employer=association
je suis apprenti | contract=apprenticeship
apprentie à la mairie | contract=apprenticeship employer=public public_branch=territorial
en alternance dans une entreprise | contract=apprenticeship employer=private
contrat pro | contract=professionalisation
intérimaire | contract=temporary_agency
je fais de l'intérim chez Manpower | contract=temporary_agency
saisonnière | contract=seasonal
intermitente du spectacle | contract=intermittent
portage salarial | contract=umbrella
en chantier d'insertion | contract=insertion
à temps partiel | part_time=yes
je suis à mi-temps thérapeutique | therapeutic_part_time=yes
deux employeurs | several_employers=yes
en période d'essai | trial_period=yes
je suis au chômage | activity=none looking_for_work=yes
chui au chomdu | activity=none looking_for_work=yes
je suis chômeuse | activity=none looking_for_work=yes
demandeuse d'emploi depuis 3 mois | activity=none looking_for_work=yes
demendeur d'emploi | activity=none looking_for_work=yes
je suis pas au chômage |
je suis au chômage partiel | short_time=yes
en activité partielle | short_time=yes
je veux toucher le chômage |
je suis en CSP | csp=yes activity=none looking_for_work=yes
en congé parental, je ne travaille plus | leave=parental activity=suspended not_working=yes
congé mat | leave=maternity
congé sabbatique | leave=sabbatical
en congé de proche aidant | leave=carer
en arrêt maladie | sick_leave=yes
chui en arret | sick_leave=yes
je ne suis plus en arrêt maladie | sick_leave=no
inapte à mon poste | unfit=yes
congé de reclassement | redeployment_leave=yes
je suis plus en poste | activity=none not_working=yes
je ne travaille pas | activity=none not_working=yes
je suis en poste | activity=employed
je suis sans emploi | activity=none
jtravail pas | activity=none not_working=yes
je suis en congé | activity=employed
je bosse chez Mcdo | employer=private
conseillère à France Travail | names_trade=yes
et si j'étais au chômage ? | activity=none looking_for_work=yes
et si je suis licencié ? | just_lost_job=yes activity=none looking_for_work=yes
et si je pars à la retraite ? | retired=yes activity=none
et si j'étais cadre ? | is_executive=yes
ma femme travaille, moi je suis au chômage | for_someone_else=no activity=none looking_for_work=yes
je cherche du boulot | looking_for_work=yes
je ne cherche pas d'emploi | looking_for_work=no
sans emploi ni recherche | activity=none looking_for_work=no
je cherche un autre travail |
je cherche un conseiller |
inscrite à Pôle emploi | registered=yes
pas inscrit à France Travail | registered=no
non indemnisé | benefit=unpaid
je suis pas indemnisée | benefit=unpaid
je touche le RSA | rsa=yes
je viens de perdre mon emploi | just_lost_job=yes activity=none looking_for_work=yes
j'ai été licencié | just_lost_job=yes activity=none looking_for_work=yes
mon CDD est fini | just_lost_job=yes activity=none looking_for_work=yes
mon CDD finit en juin | contract_ending=yes contract=fixed_term
après un CDD je suis au chômage | activity=none looking_for_work=yes
je suis en préavis | notice_period=yes
j'ai posé ma démission hier | resigned=yes notice_period=yes
j'ai démissionné | resigned=yes
je veux démissionner | plans_resignation=yes
et si je démissionne ? | plans_resignation=yes
je ne veux pas démissionner | plans_resignation=no
et si je passe à mon compte ? | employer=self_employed
mes points pénibilité | c2p_points=yes
mon usine va fermer | economic_dismissal=yes
j'ai 23 ans | under_26=yes
au chômage, 17 ans | activity=none looking_for_work=yes minor=yes under_26=yes
j'ai 45 ans | under_26=no
j'ai 20 ans d'ancienneté |
il y a 3 ans |
ma fille de 14 ans | for_someone_else=yes under_16=yes
je suis lycéen | school_pupil=yes
étudiante | student=yes
étudiant avec un job | student=yes activity=employed
stage d'école | school_placement=yes
stagiaire rémunéré de la formation professionnelle | paid_trainee=yes activity=none looking_for_work=yes
j'ai quitté l'école | out_of_school=yes
retraitée | retired=yes
cumul emploi-retraite | retired=yes activity=employed
je pars bientôt à la retraite |
dans une maison de retraite | activity=employed
bénévole | volunteer=yes
mère au foyer | homemaker=yes
en service civique | civic_service=yes
travailleur en ESAT | esat=yes
je travaille en Suisse | employer=abroad cross_border=yes
expatriée | expatriate=yes
j'ai une carte de séjour | foreign_national=yes
en Guadeloupe | overseas=yes
j'ai une RQTH | disability_contact=yes
mon patron veut m'y envoyer | employer_asks=yes
sans que mon patron le sache |
c'est pour mon frère | for_someone_else=yes
je voudrais inscrire mon salarié | for_an_employee=yes
j'ai déjà fait un CEP | former_cep=yes
le niveau 3 | level_three=yes
j'ai des idées noires | distress=yes
en Saône-et-Loire | department=71
en Bourgogne | region=bourgogne
en Bourgogne-Franche-Comté |
bonjour |
comment ça se passe ? |
combien ça coûte ? |
"""

# The question asked | the answer | the facts read.
ANSWERS = """
activity | oui | activity=employed
activity | ouais | activity=employed
activity | non | activity=none
activity | nan pas en ce moment | activity=none
activity | Oui, mais en pause | activity=suspended
activity | oui en congé parental | leave=parental activity=suspended
activity | non je cherche du travail | looking_for_work=yes activity=none
activity | je sais pas | activity=unknown
activity | 3 | activity=none
employer | une entreprise | employer=private
employer | Une entreprise ou une association | employer=private
employer | dans le privé | employer=private
employer | une asso | employer=association
employer | la mairie | employer=public public_branch=territorial
employer | La fonction publique | employer=public
employer | le public | employer=public
employer | moi-même | employer=self_employed
employer | pour moi | employer=self_employed
employer | Un particulier | employer=individual
employer | la première | employer=private
employer | le 3 | employer=public
employer | aucune idée | employer=unknown
employer | 9 |
employer | oui |
public_branch | État | public_branch=state
public_branch | d'état | public_branch=state
public_branch | territoriale | employer=public public_branch=territorial
public_branch | hospitalière | employer=public public_branch=hospital
public_branch | contrat de droit privé | employer=public public_branch=private_contract
public_branch | jsp | public_branch=unknown
is_executive | oui | is_executive=yes
is_executive | oui je suis cadre | is_executive=yes
is_executive | non | is_executive=no
is_executive | pas du tout | is_executive=no
is_executive | je ne sais pas | is_executive=unknown
is_executive | non, agent de maîtrise | near_executive=yes is_executive=no
looking_for_work | oui | looking_for_work=yes
looking_for_work | non, je suis à la retraite | retired=yes looking_for_work=no
under_26_out_of_school | oui | under_26_out_of_school=yes
under_26_out_of_school | j'ai 23 ans | under_26=yes
under_26_out_of_school | 31 ans | under_26=no
employee_in_bourgogne | oui, à Nevers | department=58 employee_in_bourgogne=yes
employee_in_bourgogne | non | employee_in_bourgogne=no
disability_contact | non merci | disability_contact=no
disability_contact | oui | disability_contact=yes
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def facts(cell: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in cell.split())


@pytest.mark.parametrize(("sentence", "expected"), rows(SENTENCES))
def test_a_situation_is_read_in_a_sentence(sentence: str, expected: str) -> None:
    assert facts_said(RULEBOOK.lexicon, sentence) == facts(expected)


@pytest.mark.parametrize(("asked", "sentence", "expected"), rows(ANSWERS))
def test_an_answer_is_read_in_the_light_of_the_question(asked: str, sentence: str, expected: str) -> None:
    assert facts_said(RULEBOOK.lexicon, sentence, RULEBOOK.question(asked)) == facts(expected)


def test_a_yes_without_a_question_says_nothing() -> None:
    assert facts_said(RULEBOOK.lexicon, "oui") == {}


def test_every_choice_shown_can_be_typed_and_numbered() -> None:
    for question in RULEBOOK.questions:
        for rank, option in enumerate(question.options, start=1):
            typed = facts_said(RULEBOOK.lexicon, option.words, question)
            numbered = facts_said(RULEBOOK.lexicon, str(rank), question)

            assert (typed[question.fact], numbered) == (option.value, {question.fact: option.value})


def test_a_long_message_is_read_quickly_enough_to_be_read_at_all() -> None:
    told = "je raconte ma vie et mes journées au travail " * 60

    assert facts_said(RULEBOOK.lexicon, f"{told} je suis en CSP")["csp"] == "yes"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("J’étais à l'hôpital, non ?", "j etais a l hopital , non ,"),
        ("CŒUR de métier", "coeur de metier"),
        ("", ""),
        ("🙂", ""),
    ],
)
def test_words_lose_accents_capitals_and_apostrophes(said: str, words: str) -> None:
    assert plain_words(said) == words


def test_a_pattern_knows_choices_gaps_and_endings() -> None:
    way = pattern("(en|un) * contrat")

    assert way.expression.search("en petit contrats ")
    assert not way.expression.search("en contre ")


def test_a_pattern_left_open_is_told() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        pattern("(en|un")
