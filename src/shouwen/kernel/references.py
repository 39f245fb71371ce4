"""Case references that survive the telephone, and subject tokens that nobody can make up.

A reference is "SW", the case's number in at least six digits, and one check digit by Damm's
method, which catches every single wrong digit and every swap of two neighbours.
"""

import base64
import hashlib
import hmac
import re
import unicodedata

PREFIX = "SW"
DIGITS = 6
LONGEST = 18  # digits of a case number that fit a 64-bit column
TOKEN_LENGTH = 8  # base32 characters: 40 bits, guessed once in 10^12 tries

# Damm's quasigroup of order ten (H. M. Damm, doctoral thesis, Marburg 2004).
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_REFERENCE = re.compile(rf"{PREFIX}([0-9]{{{DIGITS},{LONGEST}}})([0-9])", re.IGNORECASE)
_TOKEN = re.compile(
    rf"\[\s*({PREFIX}[0-9]{{{DIGITS + 1},{LONGEST + 1}}})\s*-\s*([a-z0-9]{{4,16}})\s*\]", re.IGNORECASE
)


def check_digit(digits: str) -> str:
    """Damm's check digit; the check digit of a number with its own check digit is "0"."""
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return str(state)


def reference(case_pk: int) -> str:
    """42 → "SW0000427"."""
    if not 0 < case_pk < 10**LONGEST:
        raise ValueError("a case number lies between 1 and 10^18")
    digits = f"{case_pk:0{DIGITS}d}"
    return f"{PREFIX}{digits}{check_digit(digits)}"


def parse(text: str) -> int | None:
    """The case number of a reference as a person typed it; None when it is none.

    Case, spaces and full-width characters do not matter; the check digit does.
    """
    found = _REFERENCE.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if not found or check_digit(found[1]) != found[2]:
        return None
    number = int(found[1])
    return number if number and len(found[1]) == max(DIGITS, len(str(number))) else None


def sign(case_pk: int, secret: str | bytes) -> str:
    """The token for a mail subject, "[SW0000427-k7f3q2ab]": only who knows `secret` can make it."""
    name = reference(case_pk)
    return f"[{name}-{_signature(name, secret)}]"


def verify(token: str, secret: str | bytes) -> int | None:
    """The case number of a genuine token, with or without its brackets; None for any other text."""
    match = _TOKEN.fullmatch(f"[{unicodedata.normalize('NFKC', token).strip().strip('[]')}]")
    return _genuine(match, secret) if match else None


def find_in_subject(text: str, secret: str | bytes) -> tuple[int | None, bool]:
    """The case that a subject names by a genuine token, and whether a token in it is forged.

    One genuine token is enough: a mail that passed another desk may carry theirs beside ours.
    A bare reference without a signature is neither: anybody can guess those.
    """
    matches = list(_TOKEN.finditer(unicodedata.normalize("NFKC", text)))
    for match in matches:
        found = _genuine(match, secret)
        if found is not None:
            return found, False
    return None, bool(matches)


def _genuine(match: re.Match[str], secret: str | bytes) -> int | None:
    name, signature = match[1].upper(), match[2].lower()
    number = parse(name)
    genuine = hmac.compare_digest(_signature(name, secret), signature)
    return number if genuine else None


def _signature(name: str, secret: str | bytes) -> str:
    key = secret.encode() if isinstance(secret, str) else secret
    digest = hmac.new(key, f"shouwen.subject:{name}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:TOKEN_LENGTH].decode().lower()
