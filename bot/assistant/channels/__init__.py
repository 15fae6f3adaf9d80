"""What every channel shares: cleaning what arrives, answering a turn, fixed lines; then each channel."""
