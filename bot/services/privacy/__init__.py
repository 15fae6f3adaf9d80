"""What is kept of a person, for how long, shown to them and erased."""
