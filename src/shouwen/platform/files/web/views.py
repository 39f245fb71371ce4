"""The one door files leave by: as an attachment, unless the bytes are an image a browser can't be harmed by."""

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from shouwen.platform.access import public
from shouwen.platform.files import queries


@require_safe
@public
def download(request: HttpRequest, token: str) -> HttpResponseBase:
    file = queries.from_token(token)
    inline = file.safe_inline and "download" not in request.GET
    response = FileResponse(
        queries.opened(file),
        as_attachment=not inline,
        filename=file.name,
        content_type=file.content_type if inline else "application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
