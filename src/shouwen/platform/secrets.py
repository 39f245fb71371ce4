"""Secrets at rest: sealed with a key derived from SECRET_KEY (Fernet: AES-128-CBC and HMAC-SHA256)."""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Refused


@lru_cache(maxsize=4)
def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"shouwen-seal:" + secret.encode()).digest()))


def seal(plain: str) -> str:
    """`plain` as text that only this installation can read."""
    return _fernet(settings.SECRET_KEY).encrypt(plain.encode()).decode()


def unseal(sealed: str) -> str:
    """The opposite of `seal`. Refused when SECRET_KEY is not the one it was sealed with."""
    try:
        return _fernet(settings.SECRET_KEY).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Refused(_("This secret was stored with another key; enter it again.")) from None


def subject_secret() -> str:
    """Key of the signed token in mail subjects; its own, so that a leak of one says nothing of others."""
    return hashlib.sha256(b"shouwen-subject:" + settings.SECRET_KEY.encode()).hexdigest()
