"""The real processes, started and talked to from outside."""
