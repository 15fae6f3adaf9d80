"""Tables, one file a subject, all on the metadata of `bot.storage.metadata`."""
