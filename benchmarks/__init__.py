"""What is fast, measured: this assistant and a plain Rasa stack, on the same data, in the same run."""
