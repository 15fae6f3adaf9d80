"""Repositories: each turns rows into domain values and back, for one subject."""
