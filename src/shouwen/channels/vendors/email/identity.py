"""How our own mails are known: their Message-IDs, their loop mark, and the signed token in the subject.

Message-IDs end in a domain of their own, `shouwen-<mark>.example.com`, which colleagues writing from
example.com by other programs do not use. So a mail of ours that comes back is known without a question to
the database.
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from shouwen.channels.models import Message
from shouwen.kernel import references
from shouwen.platform.mail.composing import message_id_for
from shouwen.platform.secrets import subject_secret

CASE = "case"


def loop_key() -> str:
    """This installation's mark in X-Shouwen-Loop. It is not secret, but nobody else has the same."""
    return hashlib.sha256(f"loop:{subject_secret()}".encode()).hexdigest()[:16]


def own_domain(address: str) -> str:
    domain = address.rpartition("@")[2] or urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"shouwen-{loop_key()[:8]}.{domain.lower()}"


def own_domains(addresses: Iterable[str]) -> frozenset[str]:
    return frozenset(own_domain(address) for address in [*addresses, ""])


def new_message_id(message: Message, address: str) -> str:
    """The Message-ID of a message of ours sent from `address`: the same each time, and nobody can guess it."""
    return message_id_for(key_of(message), own_domain(address))


def key_of(message: Message) -> str:
    return f"{subject_secret()}:{message.pk}"


def token_for(subject: tuple[str, int]) -> str:
    """The signed token for a mail's subject line; "" for what has none."""
    return references.sign(subject[1], subject_secret()) if subject[0] == CASE else ""


def read_token(title: str) -> tuple[tuple[str, int] | None, bool]:
    """What a subject line's genuine token stands for, and whether it carries a forged one."""
    number, forged = references.find_in_subject(title, subject_secret())
    return ((CASE, number) if number is not None else None), forged
