"""Who has the right to the service: facts read from words, rules, and the question that decides most."""
