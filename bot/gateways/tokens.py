"""Values nobody can guess, from the operating system's own randomness."""

import secrets


class SecretTokens:
    """Identifiers and references drawn by `secrets`."""

    def identifier(self) -> str:
        """A new identifier, unlike any other."""
        return secrets.token_hex(16)

    def symbols(self, alphabet: str, length: int) -> str:
        """As many symbols of this alphabet, drawn one by one."""
        return "".join(secrets.choice(alphabet) for _ in range(length))
