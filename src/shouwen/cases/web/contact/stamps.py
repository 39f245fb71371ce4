"""What the public form carries and what its browser keeps, signed: when it was opened, what was sent last."""

import secrets
from datetime import datetime

from django.core import signing
from django.http import HttpRequest, HttpResponse

from shouwen.cases.rules import requesting as rules

SALT = "shouwen.request"
COOKIE = "shouwen-request"
COOKIE_SECONDS = 24 * 3600


def fresh(at: datetime) -> str:
    """A new stamp. The random part keeps two forms opened in one moment apart."""
    return signing.Signer(salt=SALT).sign(f"{at.timestamp():.3f}-{secrets.token_urlsafe(9)}")


def opened(stamp: str) -> datetime | None:
    """When the form was opened; None for no stamp or a forged one."""
    value, _colon, _signature = stamp.rpartition(":")
    good = bool(value) and signing.Signer(salt=SALT).sign(value) == stamp
    return rules.from_seconds(float(value.partition("-")[0])) if good else None


def kept(stamp: str, at: datetime) -> str:
    """The stamp a form came with while it is good, else a new one."""
    return stamp if rules.still_good(opened(stamp), at) else fresh(at)


def sent_before(request: HttpRequest) -> rules.Sent | None:
    """What this browser has sent last within a day."""
    text = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_SECONDS)
    number, _dot, prints = str(text).partition(".")
    words, _dot, files = prints.partition(".")
    return rules.Sent(int(number), words, files) if number.isdecimal() else None


def remember(response: HttpResponse, request: HttpRequest, sent: rules.Sent) -> HttpResponse:
    value = f"{sent.case_id}.{sent.words}.{sent.files}"
    secure = request.is_secure()
    response.set_signed_cookie(
        COOKIE, value, salt=SALT, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=secure
    )
    return response
