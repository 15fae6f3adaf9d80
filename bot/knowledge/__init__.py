"""Content files (YAML, CSV) read into values of the trade; every fault is reported at once."""
