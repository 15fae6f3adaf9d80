"""What Rasa loads: channels, understanding, answers and stores. The only place that imports Rasa."""
