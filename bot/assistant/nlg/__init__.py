"""What is said: the answer in force, worded from the knowledge for the scheme and the day."""
