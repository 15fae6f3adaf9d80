"""Messages sent outside about an appointment: what they hold and which way they go."""
