"""Each part stopped in the middle of bookings, and what is lost counted: nothing may be.

`make faults`. Two assistants behind a proxy of ours, on a PostgreSQL reached through another. People book; whoever gets
no answer sends the same message again, whoever gets an apology says it again, as a browser and a person do.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.breaking import FAULTS, Fault
from benchmarks.machines import Machines, machines
from benchmarks.order import ANSWERED_TWICE, OUT_OF_ORDER, UNANSWERED
from benchmarks.persons import PATIENCE_SECONDS, Person
from benchmarks.progress import say
from benchmarks.talkers import Talker

PEOPLE = 6
ARRIVING_SECONDS = 0.3
RECOVERY_SECONDS = 30.0
REPORT = Path("reports/faults.md")
DOUBLED = """
SELECT count(*) FROM (SELECT email_digest FROM appointments WHERE state = 'booked' AND email_digest IS NOT NULL
GROUP BY 1 HAVING count(*) > 1) doubled
"""
OVERLAPPING = """
SELECT count(*) FROM appointments one JOIN appointments other ON one.adviser_id = other.adviser_id AND one.id < other.id
AND one.state = 'booked' AND other.state = 'booked' AND one.starts_at = other.starts_at
"""


@dataclass(frozen=True)
class Outcome:
    """What one fault did; `met` messages were under way while it lasted, without which nothing was tried."""

    fault: str
    met: int
    confirmed: int
    people: int
    lost: int
    doubled: int
    disordered: int
    unanswered: int
    apologies: int
    sent_again: int
    recovery: float

    @property
    def is_well(self) -> bool:
        """Whether nothing was lost and the service came back in time."""
        nothing = not (self.lost or self.doubled or self.disordered or self.unanswered)
        return nothing and self.met > 0 and self.confirmed == self.people and self.recovery <= RECOVERY_SECONDS


def try_fault(running: Machines, fault: Fault) -> Outcome:
    """Let people book, break this part meanwhile, and count."""
    people = [Person(running.address) for _ in range(PEOPLE)]
    threads = [threading.Thread(target=person.book) for person in people]
    if fault.stays:
        fault.cause(running)
    for thread in threads:
        thread.start()
        time.sleep(ARRIVING_SECONDS)
    began = time.monotonic()
    if not fault.stays:
        fault.cause(running)
    recovery = _recovery(running)
    ended = time.monotonic()
    for thread in threads:
        thread.join()
    met = sum(person.met(began, time.monotonic() if fault.stays else ended) for person in people)
    return _counted(running, fault.name, people, met, recovery)


def _recovery(running: Machines) -> float:
    """How long after the part is back a question is answered."""
    started = time.monotonic()
    talker = Talker(running.address, patience=PATIENCE_SECONDS, pause=0.2)
    while talker.say("c'est gratuit le cep ?", timeout=15).is_apology:
        time.sleep(0.2)
    return time.monotonic() - started


def _counted(running: Machines, name: str, people: list[Person], met: int, recovery: float) -> Outcome:
    references = [person.reference for person in people if person.reference]
    held = "SELECT count(*) FROM appointments WHERE reference = :reference AND state = 'booked'"
    stored = "SELECT count(*) FROM messages WHERE client_id = :client_id"
    kept = [sent for person in people for sent in person.sent if any(reply.get("id") for reply in sent.replies)]
    without_answer = running.names(UNANSWERED)
    missing = sum(running.count(stored, client_id=sent.client_id) != 1 for sent in kept)
    return Outcome(
        fault=name,
        met=met,
        confirmed=len(references),
        people=len(people),
        lost=sum(running.count(held, reference=each) != 1 for each in references) + missing,
        doubled=running.count(DOUBLED) + running.count(OVERLAPPING) + running.count(ANSWERED_TWICE),
        disordered=running.count(OUT_OF_ORDER),
        unanswered=sum(person.unheard(without_answer) for person in people),
        apologies=sum(person.apologies for person in people),
        sent_again=sum(sent.tries - 1 for person in people for sent in person.sent),
        recovery=recovery,
    )


def main() -> int:
    """Try each, print, write reports/faults.md; 1 when anything was lost."""
    found: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder, machines(Path(folder), 2) as running:
        if running.disk is None:
            raise SystemExit("a disk cannot be filled here: mounting a small one needs the rights of root")
        for fault in FAULTS:
            outcome = try_fault(running, fault)
            found.append(outcome)
            say(f"{fault.name}: {'nothing lost' if outcome.is_well else 'NOT WELL'}, back in {outcome.recovery:.1f} s")
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(table(found), encoding="utf-8")
    print(table(found))
    return 0 if all(outcome.is_well for outcome in found) else 1


def table(found: list[Outcome]) -> str:
    """The outcomes, as a table."""
    names = ("fault", "messages that met it", "booked", "lost", "doubled", "out of order", "unanswered", "apologies")
    head = "| " + " | ".join((*names, "sent again", "back after", "well")) + " |"
    lines = [
        f"| {each.fault} | {each.met} | {each.confirmed} of {each.people} | {each.lost} | {each.doubled} "
        f"| {each.disordered} | {each.unanswered} | {each.apologies} | {each.sent_again} | {each.recovery:.1f} s "
        f"| {'yes' if each.is_well else 'NO'} |"
        for each in found
    ]
    return "\n".join(["# Faults", "", head, "|---" * 11 + "|", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
