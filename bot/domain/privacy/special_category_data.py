"""Passages that tell of the person, or of somebody close to them, what the law protects most (GDPR, articles 9 and 10).

A word alone proves nothing: it counts after words that make it theirs ("j'ai", "ma", "je suis"), with only
small words between. So "je travaille à l'hôpital" or "c'est quoi la RQTH ?" stay as they are.
"""

import re

from bot.domain.privacy.detectors import DataKind, Shapes

_CLOSE = (
    r"(?:mari|femme|conjointe?|compagnon|compagne|fils|fille|enfants?|bebe|mere|pere|parents?|frere|soeur|ami|amie)"
)
_LEADS = (
    r"(?:j'(?:ai|avais|etais|aurais)|je (?:suis|reste|sors|fais|souffre|soigne|vis avec|me remets|me soigne|prends)"
    r"|mon|ma|mes|moi|m'(?:a|ont)|(?:suite|grace) a|a cause d[eu]|malgre|apres|en etant|etant"
    rf"|m(?:on|a|es) {_CLOSE}(?: (?:a|ont|est|sont|etait|avait|souffre))?)"
)
_SMALL = (
    r"(?:(?:l'|d'|un|une|des|le|la|les|de|du|en|eu|ete|fait|faire|plus|tres|trop|tout|toute|encore|toujours|deja"
    r"|actuellement|souvent|parfois|gros|grosse|grave|petite?|longue?|lourde?|ancien|ancienne|vraie?|premier|premiere"
    r"|second|seconde|deuxieme|nouvelle?|vieux|vieille|plusieurs|beaucoup|reconnue?|declaree?|diagnostiquee?|atteinte?"
    r"|victime|sous|mis|mise|a|au|aux|statut|reconnaissance|malheureusement|aussi|peu|bien|pas)\s*){0,5}"
)
_ILLNESSES = (
    r"cancer|tumeur|leucemie|depression|depressi[fv]e?|burn[ -]?out|bore[ -]?out|epuisement professionnel|diabete"
    r"|diabetique|epilepsie|epileptique|sclerose|fibromyalgie|lombalgie|sciatique|hernie|arthrose|polyarthrite|tendinite"
    r"|canal carpien|asthme|asthmatique|allergie|allergique|endometriose|covid|hepatite|vih|sida|seropositi[fv]e?"
    r"|infarctus|avc|autiste|autisme|asperger|tdah|bipolaire|schizophren\w+|borderline|dyslexi\w+|dyspraxi\w+|anorexi\w+"
    r"|boulimi\w+|anxiete|anxieu(?:x|se)|angoisses?|crises? d'angoisse|phobie|insomnies?|migraines?|parkinson"
    r"|alzheimer|alcooli(?:que|sme)|addictions?|toxicoman\w+|acouphenes?|malentendante?|malvoyante?|aveugle|sourde?"
)
_STATES = (
    r"travailleu(?:r|se) handicapee?|malades?\b(?! de (?:ce|cet|cette|mon|ma) )"
    r"|maladies?|handicap\w*|invalidite|invalide|inaptes?|inaptitude|rqth|aah"
    r"|ald|arret (?:de travail|de maladie|maladie|longue)|longue maladie|conge (?:de )?longue (?:maladie|duree)"
    r"|accidente?e?s? du travail|accident (?:du|de) (?:travail|trajet)|maladie professionnelle|mi-temps therapeutique"
    r"|temps partiel therapeutique|enceinte|grossesse|fausse couche|fiv|pma|operee?|hospitalisee?|operation"
    r"|chimio\w*|radiotherapie|traitement (?:medical|lourd|de fond|contre)|medicaments?|antidepresseurs?"
    r"|psychotherapie|(?:problemes?|soucis?|ennuis?) (?:de|au|aux|a la) (?:sante|dos|coeur|genoux?|epaules?"
    r"|jambes?|mains?|poumons?|yeux|vue|peau|tete|psy\w*)|mal (?:au|aux|a la|a l') ?(?:dos|coeur|genoux?|epaules?"
    r"|jambes?|mains?|tete|bras|pieds?)|fauteuil roulant|prothese|suicid\w+|idees noires"
    r"|sante (?:fragile|mentale)|troubles?"
)
_ROLES = (
    r"(?:elue?|adherente?|militante?|deleguee?|representante?|secretaire|responsable|membre|permanente?)\s"
    r"(?:(?:de|du|d'un|a|au|la|l'|le|un)\s?){0,3}"
)
_WORDS = (
    (DataKind.HEALTH, rf"{_ILLNESSES}|{_STATES}"),
    (
        DataKind.UNION,
        rf"(?:{_ROLES})?(?:syndique\w*|syndicalistes?|syndicale?|syndicat(?! des?\b)|cgt|cfdt|cftc|cfe-?cgc|unsa"
        r"|solidaires|fsu|force ouvriere|fo\b)",
    ),
    (
        DataKind.BELIEF,
        r"musulmane?|catholique|juive?|juif|protestante?|chretienn?e?|bouddhiste|hindoue?|evangelique|orthodoxe|athee"
        r"|temoins? de jehovah|croyante?|religion|pratiquante?|voilee?|encartee?|communiste|socialiste|ecologiste"
        r"|(?:de|d'extreme)[ -](?:gauche|droite)\b",
    ),
    (DataKind.ORIGIN, r"origine \w+|sans[ -]papiers?|refugiee?|demandeu(?:r|se) d'asile|gens du voyage"),
    (
        DataKind.PRIVATE_LIFE,
        r"homosexuel\w*|gay|lesbienne|bisexuel\w*|transgenre|transsexuel\w*|battue?|violences? conjugales?",
    ),
    (
        DataKind.OFFENCE,
        r"condamne\w*|condamnation|casier judiciaire|prison|bracelet electronique|garde a vue|incarcere\w*",
    ),
)
_REST = (
    r"(?:[ \t]+(?!(?:et|mais|donc|car|alors|qui|que|depuis|pour|dans|chez|parce|ce|cela|ca|je|j'\w*|on|il|elle|or|puis"
    r"|avec|comme|si|sinon|a cause|en)\b)[^\s,.;:!?()]+){0,4}"
)
_TOLD_OF_SOMEBODY: Shapes = tuple(
    (kind, re.compile(rf"\b{_LEADS}\s*{_SMALL}(?P<passage>(?:{words})(?![\w-]){_REST})")) for kind, words in _WORDS
)
_TOLD_ALONE: Shapes = (
    (DataKind.UNION, re.compile(r"\b(?P<passage>(?:deleguee?s?|elue?s?|militante?s?|adherente?s?)"
                            r" (?:syndica(?:le?s?|ux)|cgt|cfdt|fo|cftc|unsa|sud))\b")),
    (DataKind.HEALTH, re.compile(r"\bon m'a (?:diagnostique|trouve|detecte) (?P<passage>[^,.;:!?]{2,60})")),
    (DataKind.HEALTH, re.compile(r"\bje (?:souffre|suis atteinte?) (?P<passage>(?:d'|de |du |des )[^,.;:!?]{2,60})")),
    (DataKind.HEALTH, re.compile(r"\bje suis suivie? (?P<passage>par (?:une?|mon|ma|des) (?:psy\w+|medecins?)\b)")),
    (DataKind.OFFENCE, re.compile(r"\bje sors (?P<passage>de prison)\b")),
)  # fmt: skip
SHAPES: Shapes = _TOLD_OF_SOMEBODY + _TOLD_ALONE
"""Looked for in a text folded in place."""
