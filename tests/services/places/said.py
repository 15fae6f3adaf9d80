"""How an answer about places is written in these tests: `Dijon (21)`, `A | B`, `71200 +2`, `dept 71`, `?`."""

from __future__ import annotations

from functools import cache

from bot.app.settings import ROOT
from bot.knowledge.communes import CommuneGazetteer, load_gazetteer
from bot.services import places

REFERENCE = ROOT / "data" / "reference"


@cache
def gazetteer() -> CommuneGazetteer:
    return load_gazetteer(REFERENCE)


def written(answer: places.Answer | None) -> str | None:
    match answer:
        case None:
            return None
        case places.Found():
            return answer.commune.label + ("" if answer.sure else " ?")
        case places.Several():
            return " | ".join(choice.label for choice in answer.choices)
        case places.PostcodeArea():
            return f"{answer.postcode} +{len(answer.communes)}"
        case places.DepartmentOnly():
            return f"dept {answer.code}"
    return "?"
