"""The use cases of the Telegram channel: taking in what arrives, in order; sending what is said, in order."""
