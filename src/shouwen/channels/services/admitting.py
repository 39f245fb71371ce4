"""Letting signed requests of other systems in, each once; what is refused is written down."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.channels import signing
from shouwen.channels.models import SignedRefusal, SignedSeen, Visit
from shouwen.kernel.errors import Forbidden, Refused

KEEP_REFUSALS = timedelta(days=30)
KEEP_VISITORS = timedelta(days=2)


@contextmanager
def admitted(
    *, source: str, secret: str, timestamp: str, signature: str, body: bytes, network: str, at: datetime
) -> Iterator[None]:
    """Do inside what the request asks for; the request is marked as seen in the same transaction.

    So one that broke in the middle may come again, and one that was done may not. Forbidden (403) when it is not signed
    or too old, Refused (409) when it is a replay; both are written down even though the work is undone.
    """
    reason = signing.fault(secret=secret, timestamp=timestamp, signature=signature, body=body, at=at)
    if not reason:
        with transaction.atomic():
            if _is_new(source, signature, at):
                yield
                return
        reason = signing.REPLAYED
    SignedRefusal.objects.create(source=source[:80], reason=reason, network=network[:60], at=at)
    if reason == signing.REPLAYED:
        raise Refused(_("This request was taken in before."))
    raise Forbidden(_("The request is not signed as agreed, or its timestamp is too old."))


def _is_new(source: str, signature: str, at: datetime) -> bool:
    _row, is_new = SignedSeen.objects.get_or_create(
        source=source, mark=signing.mark(signature), defaults={"at": at}
    )
    return is_new


def forget_visitors(*, at: datetime) -> int:
    """Numbers that visitors typed serve to find them at the counter; after two days they are taken out."""
    return Visit.objects.filter(taken_at__lt=at - KEEP_VISITORS).exclude(phone="").update(phone="")


def forget_signed(*, at: datetime) -> int:
    """Throw away what no replay can come of any more, and old refusals; how many rows."""
    seen, _kinds = SignedSeen.objects.filter(at__lt=at - 3 * signing.WINDOW).delete()
    refused, _kinds = SignedRefusal.objects.filter(at__lt=at - KEEP_REFUSALS).delete()
    return seen + refused
