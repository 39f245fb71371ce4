"""Raw mails leave as files to save, never as something a browser shows."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from shouwen.kernel.errors import NotFound
from shouwen.platform.files import queries as files


def raw_mail(file_id: int | None, name: str) -> HttpResponse:
    """The raw mail as an attachment called `name`; NotFound when it was erased or never was."""
    if file_id is None:
        raise NotFound(_("There is no raw mail."))
    response = HttpResponse(files.content(file_id), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
