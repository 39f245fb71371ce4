"""How WeChat signs and encrypts callbacks: SHA-1 over the sorted parts; AES-256-CBC with padding to 32 bytes.

The plain text is 16 random bytes, the length of the message in four bytes (big-endian), the message, and the id
of the account it is meant for. The scheme is the platform's; we only follow it.
"""

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
RANDOM, LENGTH = 16, 4
KEY_LETTERS = 43  # of base64 without its padding: 32 bytes


class Unreadable(Exception):
    """What was encrypted with another key, or is nothing encrypted."""


def signature(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - the platform's own choice


def is_signed(given: str, *parts: str) -> bool:
    return hmac.compare_digest(signature(*parts).encode(), given.encode())


def key_bytes(aes_key: str) -> bytes:
    """The 32 bytes behind the 43 letters of an EncodingAESKey; Unreadable when they are none."""
    try:
        key = base64.b64decode(aes_key + "=")
    except (binascii.Error, ValueError):
        raise Unreadable from None
    if len(aes_key) != KEY_LETTERS or len(key) != 32:
        raise Unreadable
    return key


@dataclass(frozen=True)
class Envelope:
    """The key of an account and its id on the platform."""

    aes_key: str
    receiver: str

    def close(self, message: str) -> str:
        """Encrypted, as the platform reads it."""
        content = message.encode()
        plain = os.urandom(RANDOM) + len(content).to_bytes(LENGTH, "big") + content + self.receiver.encode()
        pad = BLOCK - len(plain) % BLOCK
        done = self._cipher().encryptor()
        return base64.b64encode(done.update(plain + bytes([pad]) * pad) + done.finalize()).decode()

    def open(self, encrypted: str) -> tuple[str, str]:
        """The message and whom it is meant for; Unreadable when this key does not fit."""
        try:
            raw = base64.b64decode(encrypted, validate=True)
            undone = self._cipher().decryptor()
            plain = undone.update(raw) + undone.finalize()
            body = plain[: -plain[-1]] if 1 <= plain[-1] <= BLOCK else b""
            size = int.from_bytes(body[RANDOM : RANDOM + LENGTH], "big")
            message = body[RANDOM + LENGTH : RANDOM + LENGTH + size]
            if len(message) != size or not size:
                raise Unreadable
            return message.decode(), body[RANDOM + LENGTH + size :].decode()
        except (binascii.Error, ValueError, IndexError):
            raise Unreadable from None

    def _cipher(self) -> "Cipher[modes.CBC]":
        key = key_bytes(self.aes_key)
        return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
