"""The use cases: one verb a function; what they need from outside is named in `ports`."""
