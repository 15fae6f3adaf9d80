"""Wiring: the adapters chosen by the settings, built once, handed to the entry points.

The only place that knows both the use cases and what they run on.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import cache

from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot import logs, metrics
from bot.app.settings import Settings, read_settings
from bot.domain.booking.appointments import Appointment
from bot.domain.booking.openings import BookingRules, Mode
from bot.domain.booking.receipts import Seal, receipt_of
from bot.domain.conversation.handovers import AdviserHours
from bot.domain.conversation.live import LiveLines
from bot.domain.eligibility.rulebook import Rulebook
from bot.domain.knowledge import interview_terms
from bot.domain.knowledge.entries import Knowledge
from bot.domain.knowledge.interview_terms import InterviewTerms
from bot.domain.knowledge.levels import LevelsOfScheme
from bot.domain.knowledge.operators import Operators
from bot.domain.places.communes import Commune, nearest_commune
from bot.domain.places.relay_points import RelayPoint
from bot.domain.privacy.lexicons import Lexicons
from bot.domain.text.french_format import PARIS
from bot.gateways import web
from bot.gateways.contact import ContactChecks
from bot.gateways.data_copy import data_copy as data_file
from bot.gateways.feed import PolledFeed, PostgresFeed
from bot.gateways.holidays import FrenchHolidays
from bot.gateways.mail import FolderMailer, SmtpMailer
from bot.gateways.notice_rendering import Links, NoticeRenderer, ReceiptWords
from bot.gateways.sms import FolderTexter, OvhTexter
from bot.gateways.telegram_api import TelegramApi
from bot.gateways.telegram_lines import TelegramChatSender, TelegramMessenger
from bot.gateways.tokens import SecretTokens
from bot.knowledge.booking_rules import load_booking_rules
from bot.knowledge.communes import CommuneGazetteer, load_gazetteer
from bot.knowledge.eligibility import load_rulebook
from bot.knowledge.faq import load_care, load_knowledge
from bot.knowledge.glossary import load_glossary
from bot.knowledge.interview_terms import load_interview_terms
from bot.knowledge.levels import load_levels
from bot.knowledge.lexicons import load_lexicons
from bot.knowledge.live import load_live_lines
from bot.knowledge.network import load_adviser_hours
from bot.knowledge.operators import load_operators
from bot.services import places
from bot.services.conversations.ports import Feed
from bot.services.notifications.ports import ChatSender, DeliveryGateways, Mailer, Texter
from bot.services.operations import metrics as measures
from bot.services.ports import WebAnswer
from bot.services.privacy import data_subject_requests
from bot.storage.change_cursors import SqlChangeCursors
from bot.storage.digests import Digests
from bot.storage.engine import build_engine
from bot.storage.schema import upgrade
from bot.storage.sqlite import tune
from bot.storage.unit_of_work import SqlUnitOfWork


@dataclass(frozen=True)
class Library:
    """Everything the assistant knows, read once; a fault in a file stops the start with every fault listed."""

    faq: Knowledge
    care: Knowledge
    levels: tuple[LevelsOfScheme, ...]
    operators: Operators
    rulebook: Rulebook
    interview_terms: tuple[InterviewTerms, ...]


@cache
def settings() -> Settings:
    """The settings of this process."""
    return read_settings()


def write_logs(process: str, level: int | None = None) -> None:
    """Have this process write safe logs: what an entry point does before anything else."""
    logs.install(process, as_json=False, level=level or logging.INFO)
    # Below INFO, LOG_LEVEL is for Rasa alone.
    chosen = max(logging.INFO, getattr(logging, settings().log_level, logging.INFO))
    logs.install(process, as_json=settings().is_production, level=level or chosen)


def serve_metrics(process: str) -> None:
    """Let the figures of this process be read on its private port, when one is set."""
    if settings().metrics_port is None:
        return
    if process == "worker":
        metrics.watch(lambda: measures.read(unit_of_work(), now()), measures.TOLD)
    metrics.serve(process, settings().metrics_port, settings().listen_on)


def tune_sqlite(connection: object) -> None:
    """Make a connection to SQLite fit for several processes; Rasa's stores open their own."""
    tune(connection)


@cache
def library() -> Library:
    """The knowledge, loaded at first use."""
    folder = settings().knowledge_folder
    return Library(
        faq=load_knowledge(folder / "faq"),
        care=load_care(folder / "care.yml"),
        levels=load_levels(folder / "levels.yml"),
        operators=load_operators(folder / "operators.yml"),
        rulebook=load_rulebook(folder / "eligibility"),
        interview_terms=load_interview_terms(folder / "interview_terms.yml"),
    )


def interview_terms_today() -> InterviewTerms | None:
    """The terms of an interview as a person reads them today."""
    return interview_terms.current(library().interview_terms, today())


def interview_terms_read(version: str) -> InterviewTerms | None:
    """The terms of an interview as they were when the person read this version."""
    return interview_terms.accepted(library().interview_terms, version)


@cache
def gazetteer() -> CommuneGazetteer:
    """Every commune of France."""
    return load_gazetteer(settings().reference_folder)


@cache
def lexicons() -> Lexicons:
    """The lists of words that tell whether a text names somebody."""
    glossary = load_glossary(settings().knowledge_folder / "glossary.yml")
    return load_lexicons(settings().reference_folder, gazetteer(), glossary)


def warm_gazetteer() -> None:
    """Build the indexes now, about a second, rather than under the first visitor's eyes."""
    places.look_up(gazetteer(), "auxere")


def commune_near(latitude: float, longitude: float) -> Commune | None:
    """The commune where this point is, or nearly; `None` outside France."""
    return nearest_commune(gazetteer().communes, (latitude, longitude))


@cache
def engine() -> Engine:
    """The engine of our database, shared by the process."""
    return build_engine(settings().database_url)


def migrate() -> None:
    """Bring our tables to this version."""
    upgrade(engine())


def unit_of_work() -> SqlUnitOfWork:
    """A new unit of work, not yet entered."""
    return SqlUnitOfWork(engine(), Digests(settings().contact_key.encode()), FrenchHolidays(), SecretTokens())


@cache
def feed() -> Feed:
    """What wakes this process when a conversation changes, whoever changed it."""
    return feed_on(engine())


def feed_on(database: Engine) -> Feed:
    """A feed of the changes of this database."""
    if database.dialect.name == "postgresql":
        return PostgresFeed(database.url.set(drivername="postgresql").render_as_string(hide_password=False))
    return PolledFeed(SqlChangeCursors(database))


def database_answers() -> bool:
    """Whether a query goes through now."""
    with engine().connect().execution_options(reading=True) as connection:
        return bool(connection.execute(text("SELECT 1")).scalar() == 1)


@cache
def contact_reader() -> ContactChecks:
    """What reads e-mails and phone numbers."""
    return ContactChecks()


@cache
def rules() -> BookingRules:
    """What the territory decided about appointments."""
    decided = load_booking_rules(settings().reference_folder / "booking_rules.yml")
    modes = decided.modes | {Mode.VIDEO.value} if settings().video_room else decided.modes
    return replace(decided, quiet=settings().quiet, modes=modes)


@cache
def live_lines() -> LiveLines:
    """What visitors are told about a conversation with an adviser."""
    return load_live_lines(settings().knowledge_folder / "live.yml")


@cache
def _half_days() -> AdviserHours:
    return AdviserHours(load_adviser_hours(settings().reference_folder / "adviser_hours.csv"))


def adviser_hours() -> AdviserHours:
    """When advisers answer, public holidays of the coming months closed."""
    first = today()
    holidays = FrenchHolidays().between(first, first + timedelta(days=90), alsace_moselle=False)
    return replace(_half_days(), holidays=holidays)


def relay_point(code: str) -> RelayPoint:
    """A relay point by its code; `LookupError` when there is none."""
    with unit_of_work().reading() as view:
        found = view.relay_points.get(code)
    if found is None:
        raise LookupError("no relay point has this code")
    return found


def open_relay_points() -> Sequence[RelayPoint]:
    """Every relay point open today, by city."""
    with unit_of_work().reading() as view:
        return sorted(view.relay_points.open_on(today()), key=lambda point: (point.city, point.name))


def notice_renderer() -> NoticeRenderer:
    """What writes letters and calendar files."""
    return NoticeRenderer(settings().mail.sender, rules(), links(), receipt_words)


def links() -> Links:
    """The addresses notices lead to."""
    return Links(appointment_link, earlier_link, prepared_link, feedback_link, video_link)


def appointment_link(appointment_id: str) -> str:
    """The address of the appointment's own page, which is its only key."""
    secret = Digests(settings().contact_key.encode()).secret("appointment", appointment_id)
    return f"{settings().public_url}/r/{secret}"


def video_link(appointment_id: str) -> str:
    """Where a video appointment takes place, in a room of its own that nobody can guess; empty without a service."""
    room = Digests(settings().contact_key.encode()).secret("video", appointment_id)
    return settings().video_room.format(room=room)


def seal() -> Seal:
    """What signs receipts."""
    return Seal(settings().receipt_key.encode())


def receipt_words(appointment: Appointment) -> ReceiptWords:
    """The receipt of the request for this appointment, as it is written."""
    receipt = receipt_of(appointment)
    return ReceiptWords(receipt, seal().code(receipt), f"{settings().public_url}/verifier")


def earlier_link(secret: str) -> str:
    """The address of the page where an earlier opening is taken or left."""
    return f"{settings().public_url}/place/{secret}"


def prepared_link(secret: str) -> str:
    """The address of the page where a prepared appointment is confirmed or refused."""
    return f"{settings().public_url}/confirmer/{secret}"


def feedback_link(secret: str) -> str:
    """The address of the page that asks how an interview was."""
    return f"{settings().public_url}/avis/{secret}"


def calendar_files(appointment: Appointment) -> list[dict[str, str]]:
    """What a visitor may add to their calendar, ready for the transcript."""
    file = notice_renderer().calendar_file(appointment, relay_point(appointment.relay_point_code), now())
    return [{"name": file.name, "type": file.type, "content": file.content}]


def data_copy(conversation_id: str) -> dict[str, str]:
    """Everything kept of this conversation, as a file ready for the transcript."""
    return data_file(data_subject_requests.copy(unit_of_work(), conversation_id), now())


@cache
def mailer() -> Mailer:
    """By SMTP when a server is named, to a folder otherwise."""
    mail = settings().mail
    if not mail.smtp_host:
        return FolderMailer(mail.folder, mail.sender)
    return SmtpMailer(
        mail.sender, mail.smtp_host, mail.smtp_port, mail.smtp_user, mail.smtp_password, mail.smtp_starttls
    )


@cache
def texter() -> Texter:
    """Through OVHcloud when an account is named, to a folder otherwise."""
    sms = settings().sms
    if not sms.ovh_service:
        return FolderTexter(sms.folder)
    return OvhTexter(
        sms.ovh_endpoint,
        sms.ovh_service,
        sms.sender,
        sms.ovh_application_key,
        sms.ovh_application_secret,
        sms.ovh_consumer_key,
    )


def chat_senders() -> Mapping[str, ChatSender]:
    """Who writes in a conversation of its own accord, by channel; a web page cannot be written to."""
    if not settings().telegram.is_on:
        return {}
    return {"telegram": TelegramChatSender(telegram_messenger(), unit_of_work, now)}


@cache
def telegram_api() -> TelegramApi:
    """Our bot on Telegram; its connections are shared by the process."""
    return TelegramApi(settings().telegram.token, settings().telegram.url)


def telegram_messenger() -> TelegramMessenger:
    """What writes in Telegram's chats."""
    return TelegramMessenger(telegram_api())


def delivery_gateways() -> DeliveryGateways:
    """Everything a notice needs to leave."""
    return DeliveryGateways(
        notice_renderer(), mailer(), texter(), contact_reader(), adviser_hours(), rules(), chat_senders()
    )


def fetch(url: str, seconds: float = 3.0) -> WebAnswer:
    """What one of our processes answers at this address; `NoAnswer` when it does not."""
    return web.get(url, seconds)


def say(sender: str, text: str, seconds: float = 30.0) -> WebAnswer:
    """What the assistant answers to this, through its REST channel; `NoAnswer` when it does not."""
    content = {"sender": sender, "message": text}
    return web.post(f"{settings().assistant_url}/webhooks/rest/webhook", content, seconds)


def new_identifier() -> str:
    """An identifier nobody can guess."""
    return SecretTokens().identifier()


def now() -> datetime:
    """The present instant in UTC; a frozen one in tests only (`CEP_NOW`)."""
    return settings().frozen_now or datetime.now(timezone.utc)


def today() -> date:
    """The present day in France."""
    return now().astimezone(PARIS).date()
