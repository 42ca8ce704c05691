"""Conversation ids: 128 random bits made and signed by the server, never taken from a client."""

from __future__ import annotations

import hashlib
import hmac
import secrets

BYTES = 16


class IdMaker:
    """Makes and checks conversation ids.

    A restart without a fixed secret makes all earlier ids invalid; conversations in memory are gone then anyway.
    """

    def __init__(self, secret: str = "") -> None:
        """Use a secret.

        Args:
            secret: shared by all servers of a deployment; empty for a new one.
        """
        self._key = secret.encode() or secrets.token_bytes(32)

    def new(self) -> str:
        """Make an id: `<128 random bits>.<signature>`, both in hexadecimal."""
        number = secrets.token_hex(BYTES)
        return f"{number}.{self._sign(number)}"

    def valid(self, token: str) -> bool:
        """Tell whether this server (or one with the same secret) made an id."""
        number, dot, signature = token.partition(".")
        return bool(dot) and len(number) == 2 * BYTES and hmac.compare_digest(signature, self._sign(number))

    def _sign(self, number: str) -> str:
        return hmac.new(self._key, number.encode(), hashlib.sha256).hexdigest()[:32]
