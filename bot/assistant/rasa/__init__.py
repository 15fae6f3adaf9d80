"""Our changes to Rasa, in one place: stores, policy, runner, action client, start and training."""
