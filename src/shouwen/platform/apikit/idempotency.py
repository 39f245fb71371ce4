"""Idempotency keys: the same key twice does the work once and gets the same answer.

The key's row is written in the transaction of the work itself, so a crash leaves both or neither.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import now
from shouwen.platform.apikit.models import Replay

MAX_KEY = 200


def _digest(request: HttpRequest) -> str:
    digest = hashlib.sha256(f"{request.method}\n{request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        _form(request, digest)
    else:
        digest.update(request.body)
    return digest.hexdigest()


def _form(request: HttpRequest, digest: Any) -> None:
    """What the form says, part by part: a client that asks again draws another boundary, and files are not held in
    memory."""
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)


def _again(token_id: int, key: str, digest: str) -> HttpResponse | None:
    known = Replay.objects.filter(token_id=token_id, key=key).first()
    if known is None:
        return None
    if known.request_digest != digest:
        raise Refused(_("This Idempotency-Key was used for another request."), field="Idempotency-Key")
    response = HttpResponse(known.body, status=known.status, content_type=known.content_type)
    response["Idempotency-Replayed"] = "true"
    return response


def once(request: HttpRequest, token_id: int, key: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """`answer()`, or what it answered the first time."""
    if len(key) > MAX_KEY or not key.isprintable():
        raise Invalid(_("An Idempotency-Key has at most 200 printable characters."), field="Idempotency-Key")
    digest = _digest(request)
    if (known := _again(token_id, key, digest)) is not None:
        return known
    try:
        with transaction.atomic():
            row = Replay.objects.create(token_id=token_id, key=key, request_digest=digest, created_at=now())
            response = answer()
            if response.status_code >= 400:
                transaction.set_rollback(True)  # what failed may be sent again under the same key
                return response
            row.status = response.status_code
            row.body = response.content.decode()
            row.content_type = response.headers.get("Content-Type", "")
            row.save(update_fields=["status", "body", "content_type"])
        return response
    except IntegrityError:
        # the same key at the same moment: the other one won and has committed by now
        if (known := _again(token_id, key, digest)) is not None:
            return known
        raise  # not about the key: the work itself broke a promise of the database's
