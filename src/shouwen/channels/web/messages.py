"""One message by itself: as it was formatted, raw, and taken back."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.channels import queries, reading, services, subjects
from shouwen.channels.web.downloads import raw_mail
from shouwen.platform.access import actor_of, now, staff_only
from shouwen.platform.web import Input, done, page, render

FORMATTED = "channels/formatted.html"
View = Callable[..., HttpResponse]
images_allowed: Callable[[View], View] = csp_update({"img-src": ["https:", "http:"]})


@require_GET
@staff_only
def formatted(request: HttpRequest, message_id: int) -> HttpResponse:
    """The mail as its sender formatted it; images from elsewhere only on a page of their own."""
    message = queries.get(message_id, actor_of(request))
    if Input(request, query=True).flag("images"):
        return images_allowed(_with_images)(request, message)
    return page(request, FORMATTED, "mail", {"mail": reading.formatted(message), "images": False})


def _with_images(request: HttpRequest, message: Any) -> HttpResponse:
    shown = {"mail": reading.formatted(message, images=True), "images": True}
    response = render(request, FORMATTED, shown)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_GET
@staff_only
def raw(request: HttpRequest, message_id: int) -> HttpResponse:
    message = queries.get(message_id, actor_of(request))
    return raw_mail(message.raw_file_id, f"message-{message.pk}.eml")


@require_POST
@staff_only
def sending(request: HttpRequest, message_id: int) -> HttpResponse:
    """Undo: take it back before it goes out."""
    message = services.cancel_send(message_id=message_id, at=now(), by=actor_of(request))
    return done(request, subjects.url(message.subject) or "/", _("Sending was undone."))
