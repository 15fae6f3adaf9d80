"""Understanding French sentences: our components of Rasa's graph and what they share."""
