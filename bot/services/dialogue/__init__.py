"""The journeys as conversations: what a sentence changes, what is said, what is asked next.

No sentence and no Rasa here: a step names responses of `domain.yml` and slots; the actions carry it out.
"""
