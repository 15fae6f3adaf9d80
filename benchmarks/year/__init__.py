"""A simulated year: people book, move, cancel, miss and come again, by a clock that is injected and a seed."""
