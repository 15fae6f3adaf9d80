"""Each component of understanding, without a trained model of Rasa."""
