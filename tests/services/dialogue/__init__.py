"""The journeys as pure steps."""
