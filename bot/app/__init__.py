"""The wiring and nothing else: settings read, adapters chosen and built once, handed to the entry points."""
