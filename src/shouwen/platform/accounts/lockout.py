"""What somebody sees who tried too many passwords."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shouwen.platform.web.pages import render


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any) -> HttpResponse:
    sentence = _("Too many failed sign-ins. Wait fifteen minutes, or ask an administrator.")
    response = render(request, "platform/error.html", {"status": 429, "sentence": sentence})
    response.status_code = 429
    return response
