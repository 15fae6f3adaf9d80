"""The board where advisers ask one another."""
