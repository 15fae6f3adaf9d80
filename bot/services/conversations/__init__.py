"""The transcript of every channel, asking for a person, and the live talk with an adviser."""
