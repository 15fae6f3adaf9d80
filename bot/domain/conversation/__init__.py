"""Who said what to whom: a conversation, its states, its channels, and asking for a person."""
