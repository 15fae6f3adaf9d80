"""What a transaction changes that somebody may be watching, told to other processes when it commits."""

from sqlalchemy import text
from sqlalchemy.engine import Connection

from bot.domain.conversation.conversations import Author, Conversation, Message, State
from bot.services.conversations.ports import CHANNEL, INBOX, OUTGOING, conversation_topic

_NOTIFY = text("SELECT pg_notify(:channel, topic) FROM unnest(CAST(:topics AS text[])) AS topic")
_SEEN_BY_ADVISERS = (State.WAITING, State.HUMAN)


class ChangeNotifier:
    """Gathers the topics one transaction changes, and tells them when it commits."""

    def __init__(self) -> None:
        self._topics: set[str] = set()
        self._known: dict[str, Conversation] = {}

    def read(self, conversation: Conversation) -> None:
        """Remember it as it stood: what is saved later may change nothing that anybody sees."""
        self._known[conversation.id] = conversation

    def saved(self, conversation: Conversation) -> None:
        """Somebody else may have the conversation now."""
        before = self._known.get(conversation.id)
        if before is None or _seen(before) != _seen(conversation):
            self._topics |= {conversation_topic(conversation.id), INBOX}
        self._known[conversation.id] = conversation

    def said(self, message: Message) -> None:
        """A line was added."""
        self._topics.add(conversation_topic(message.conversation_id))
        if message.author is not Author.USER:
            self._topics.add(OUTGOING)
        conversation = self._known.get(message.conversation_id)
        if conversation and conversation.state in _SEEN_BY_ADVISERS:
            self._topics.add(INBOX)

    def erased(self, conversation_id: str) -> None:
        """The conversation is no more."""
        self._topics |= {conversation_topic(conversation_id), INBOX}

    def asked(self) -> None:
        """A request for a person was made, or changed."""
        self._topics.add(INBOX)

    def notify(self, connection: Connection) -> None:
        """Tell the topics with the transaction: whoever is woken finds what it wrote.

        SQLite tells nobody: there, changes are looked for (`change_cursors`).
        """
        if self._topics and connection.dialect.name == "postgresql":
            connection.execute(_NOTIFY, {"channel": CHANNEL, "topics": sorted(self._topics)})
        self.forget()

    def forget(self) -> None:
        """Nothing is changed yet."""
        self._topics = set()
        self._known = {}


def _seen(conversation: Conversation) -> tuple[object, ...]:
    return conversation.state, conversation.adviser_id, conversation.version
