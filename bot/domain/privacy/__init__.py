"""Personal data: finding it in a text, masking it, how long it is kept, erasing it."""
