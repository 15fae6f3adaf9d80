"""What the assistant says: texts to read again, questions without an answer, answers being written."""

from datetime import date

from starlette.responses import Response
from starlette.routing import Route

from bot.app import container, content_authoring, maintenance
from bot.domain.accounts import Right
from bot.domain.errors import WritingRefused
from bot.domain.knowledge.answer_drafts import AnswerDraft
from bot.domain.knowledge.unanswered import Group
from bot.domain.knowledge.versions import Source
from bot.services.content import editing, unanswered
from bot.services.content.editing import Actor, Checked
from bot.web.advisers.texts import texts
from bot.web.advisers.visits import AdviserVisit, back, desk

CONTENTS = "/conseil/contenus"
ONE = CONTENTS + "/{number}"
GROUPS_SHOWN = 40
REASONS_SHOWN = 30
WRITINGS_SHOWN = 30


def contents(visit: AdviserVisit) -> Response:
    """All that waits for somebody who writes."""
    with container.unit_of_work().reading() as view:
        writings = view.writings.latest(WRITINGS_SHOWN)
    return visit.page(
        "contents.html",
        findings=maintenance.review_content(),
        groups=content_authoring.unanswered()[:GROUPS_SHOWN],
        reasons=unanswered.reasons(container.unit_of_work(), REASONS_SHOWN),
        writings=writings,
        words=texts(),
        title_of=content_authoring.title_of,
    )


def start(visit: AdviserVisit) -> Response:
    """A new answer: from a group of questions, for an entry to renew, or from nothing."""
    entry = visit.form.get("entree", "")
    group = _group(visit.form.get("questions", ""))
    draft = content_authoring.started(entry, group)
    visit.audit("write_answer", entry)
    number = editing.start(
        container.unit_of_work(), draft, [each.id for each in group.sentences] if group else [], _by(visit)
    )
    return back(f"{CONTENTS}/{number}")


def put_aside(visit: AdviserVisit) -> Response:
    """Questions nobody will answer: forgotten."""
    group = _group(visit.form.get("questions", ""))
    if group is None:
        raise LookupError
    visit.audit("forget_questions", len(group.sentences))
    with container.unit_of_work() as uow:
        uow.unanswered.remove([each.id for each in group.sentences])
        uow.commit()
    return back(CONTENTS)


def one(visit: AdviserVisit) -> Response:
    """An answer being written."""
    return _show(visit)


def save(visit: AdviserVisit) -> Response:
    """What was typed, kept; then checked and proposed when that was asked."""
    draft = _typed(visit, editing.found(container.unit_of_work(), visit.number).draft)
    visit.audit("write_answer", visit.number)
    try:
        editing.save(container.unit_of_work(), visit.number, _version(visit), draft, _by(visit))
        if visit.form.get("proposer") is None:
            return back(f"{CONTENTS}/{visit.number}")
        checked = editing.propose(
            container.unit_of_work(), content_authoring.DraftFiles(), visit.number, _version(visit) + 1, _by(visit)
        )
    except WritingRefused as refused:
        return _show(visit, 409, refused=refused.rule, typed=draft)
    return back(f"{CONTENTS}/{visit.number}") if checked.is_fine else _show(visit, 422, checked=checked)


def approve(visit: AdviserVisit) -> Response:
    """Approved by somebody who wrote nothing of it, and written as files."""
    visit.audit("approve_answer", visit.number)
    try:
        checked = editing.approve(
            container.unit_of_work(), content_authoring.DraftFiles(), visit.number, _version(visit), _by(visit)
        )
    except WritingRefused as refused:
        return _show(visit, 409, refused=refused.rule)
    return back(f"{CONTENTS}/{visit.number}") if checked.is_fine else _show(visit, 422, checked=checked)


def send_back(visit: AdviserVisit) -> Response:
    """To be corrected, with a remark; or given up."""
    visit.audit("send_answer_back", visit.number)
    try:
        if visit.form.get("abandonner") is None:
            remark = visit.form.get("remarque", "").strip()
            editing.send_back(container.unit_of_work(), visit.number, _version(visit), remark, _by(visit))
        else:
            editing.discard(container.unit_of_work(), visit.number, _version(visit), _by(visit))
    except WritingRefused as refused:
        return _show(visit, 409, refused=refused.rule)
    return back(f"{CONTENTS}/{visit.number}")


def _show(
    visit: AdviserVisit,
    status: int = 200,
    *,
    checked: Checked | None = None,
    refused: str = "",
    typed: AnswerDraft | None = None,
) -> Response:
    found = editing.found(container.unit_of_work(), visit.number)
    with container.unit_of_work().reading() as view:
        names = {account.id: account.name for account in view.accounts.all()}
    return visit.page(
        "writing.html",
        status,
        writing=found,
        draft=typed or found.draft,
        checked=checked,
        refused=refused,
        names=names,
        words=texts(),
        topics=content_authoring.topics(),
        folder=container.settings().drafts_folder,
    )


def _typed(visit: AdviserVisit, before: AnswerDraft) -> AnswerDraft:
    form = visit.form
    entry = before.entry if before.is_known else form.get("nom", "").strip()[:80]
    source = Source(
        form.get("source", "").strip()[:300],
        _day(form.get("lu_le", ""), before.source.read_on),
        form.get("lien", "").strip()[:500],
    )
    return content_authoring.typeset(
        AnswerDraft(
            entry=entry,
            title=form.get("titre", "")[:200],
            answer=form.get("reponse", "")[:2000],
            more=form.get("suite", "")[:4000],
            source=source,
            valid_from=_day(form.get("depuis", ""), before.valid_from),
            review_by=_day(form.get("relire", ""), before.review_by),
            examples=_lines(form.get("exemples", "")),
            asked=_lines(form.get("essais", "")),
            says=form.get("contient", "")[:200],
            is_known=before.is_known,
        )
    )


def _group(ids: str) -> Group | None:
    """The questions of this list that still wait, as one group."""
    wanted = {int(each) for each in ids.split(",") if each.isascii() and each.isdigit() and len(each) < 16}
    found = [each for group in content_authoring.unanswered() for each in group.sentences if each.id in wanted]
    return Group(tuple(found)) if found else None


def _lines(text: str) -> tuple[str, ...]:
    lines = (" ".join(line.split())[:200] for line in text.splitlines())
    return tuple(line for line in lines if line)[:200]


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _version(visit: AdviserVisit) -> int:
    version = visit.form.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0


def _by(visit: AdviserVisit) -> Actor:
    return Actor(visit.account.id, visit.now, container.today())


routes: list[Route] = [
    desk(CONTENTS, contents, Right.CONTENT),
    desk(CONTENTS + "/rediger", start, Right.CONTENT, "POST"),
    desk(CONTENTS + "/ecarter", put_aside, Right.CONTENT, "POST"),
    desk(ONE, one, Right.CONTENT),
    desk(ONE, save, Right.CONTENT, "POST"),
    desk(ONE + "/approuver", approve, Right.CONTENT, "POST"),
    desk(ONE + "/renvoyer", send_back, Right.CONTENT, "POST"),
]
