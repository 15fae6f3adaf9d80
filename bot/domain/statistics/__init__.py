"""Counts that may be shown, how they are drawn, and what people say of an interview."""
