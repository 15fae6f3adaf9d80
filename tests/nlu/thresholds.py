"""What the measure of understanding must reach: the gate that holds today, and the target it is raised to."""

TARGETS = {
    "intent": {
        "clean": 0.96,
        "noisy": 0.92,
        "contextual": 0.95,
        "out_of_scope": 0.90,
        "fresh_clean": 0.96,
        "fresh_noisy": 0.92,
        "fresh_contextual": 0.95,
        "fresh_out_of_scope": 0.90,
        "strangers": 0.90,
    },
    "entry": {"clean": 0.95, "fresh_clean": 0.95},
}
READ_TARGET = 0.95
MOST_WRONGLY_REFUSED = 0.04
MOST_STRANGERS_WRONGLY_REFUSED = 0.1

# The least share of right intents, set by set; for what is out of scope, of refusals. Each is its target, or the figure
# of the day rounded down where one sentence would make it fail on another machine: raise it, never lower it. They were
# set again once, on 30 November 2026, when 161 entries became more than 700, the exams were labelled again, and what
# employees ask beside the service stopped being refused. `strangers` is the one that counts: three points under its
# first figure.
THRESHOLDS = {
    "clean": 0.96,
    "noisy": 0.93,
    "contextual": 0.95,
    "out_of_scope": 0.89,
    "fresh_clean": 0.96,
    "fresh_noisy": 0.95,
    "fresh_contextual": 0.93,
    "fresh_out_of_scope": 0.82,
    "strangers": 0.83,
}
ENTRY_THRESHOLDS = {"clean": 0.93, "fresh_clean": 0.93, "fresh_noisy": 0.905, "strangers": 0.62}
# What the entity component alone marks, before the journeys read the words: it may be poor, never blind.
MARKED_THRESHOLDS = {"commune": 0.75, "moment": 0.83, "person": 0.95, "email": 0.99, "phone": 0.99, "reference": 0.99}
READ_THRESHOLDS = {"place": 0.98, "moment": 0.97, "name": 0.95, "contact": 0.99, "reference": 0.99, "status": 0.99}
"""The least F1 of what the journeys read, kind by kind; `status` is the facts of a situation."""
