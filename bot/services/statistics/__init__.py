"""Counts for those who steer the service; never an adviser's, never a small one."""
