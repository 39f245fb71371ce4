"""Serves scripts, styles and pictures; see statics.py for their addresses."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from whitenoise.middleware import WhiteNoiseMiddleware

from shouwen.config.statics import PREFIX, STAMP


class StaticMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # it comes without types
    """whitenoise, and a way on for a page that another version has drawn."""

    def __call__(self, request: HttpRequest) -> Any:
        path = request.path_info
        if path.startswith(PREFIX) and not self.autorefresh and path not in self.files:
            current = STAMP.sub(self.static_prefix, path)
            if current in self.files:
                answer = HttpResponseRedirect(current)
                answer["Cache-Control"] = "no-cache"
                return answer
        return super().__call__(request)
