"""The intents by what they do to a conversation, for whoever decides what a message means once something is asked."""

from bot.assistant.nlu.classifier import FAQ, OUT_OF_SCOPE
from bot.assistant.nlu.decisions import NLU_FALLBACK

INFORM = "inform"
ANSWERS = frozenset({INFORM, "affirm", "deny", "dont_know", "correct", "other_openings"})
FAVOURED = ANSWERS - {"correct"}
STEERING = frozenset({"ask_why", "ask_status", "ask_adviser", "repeat", "not_clear", "stop", "go_back", "start_over"})
SMALL_TALK = frozenset({"greet", "thanks", "goodbye", "ask_since", "ask_source", "more", "help"})
WAYS_OUT = (
    STEERING | SMALL_TALK | {"erase_data", "ask_data", "go_on_elsewhere", "bot_challenge", "withdraw_intake", "insult"}
)
OWN_WORDS = frozenset({"affirm", "deny", "dont_know"})
UNSURE = frozenset({FAQ, NLU_FALLBACK, OUT_OF_SCOPE})
SAY_MORE = UNSURE | SMALL_TALK | {INFORM, "prepare_interview", "withdraw_intake"}
