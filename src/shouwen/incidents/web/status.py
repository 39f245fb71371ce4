"""The public status page: chosen incidents, no personal data, the same for everybody, so it may be cached."""

from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shouwen.incidents import queries
from shouwen.kernel.errors import NotFound
from shouwen.platform.access import Actor, now, public
from shouwen.platform.frame import brand, links, public_of
from shouwen.platform.web.pages import environment

LANGUAGES = {"zh": "zh-hans", "en": "en"}
FRESH_SECONDS = 30


@require_safe
@public
def here(request: HttpRequest) -> HttpResponse:
    """To the page in the visitor's language."""
    spoken = "en" if (translation.get_language() or "").startswith("en") else "zh"
    answer = HttpResponseRedirect(reverse("incidents:status-in", args=[spoken]))
    answer["Vary"] = "Accept-Language, Cookie"
    return answer


@require_safe
@public
def status(request: HttpRequest, language: str) -> HttpResponse:
    """One page for each language, with a mark by which a browser or a cache asks whether it has changed."""
    if language not in LANGUAGES:
        raise NotFound(_("There is no such page."))
    at = now()
    with translation.override(LANGUAGES[language]), timezone.override(settings.TIME_ZONE):
        context = {
            "shown": queries.public_status(language, at),
            "language": LANGUAGES[language],
            "languages": [("zh", "中文"), ("en", "English")],
            "spoken": language,
            "brand": brand(),
            "public_nav": public_of(request.path),
            "actor": Actor(),
            "links": {code: links()[code] for code in ("home", "brand_css") if code in links()},
        }
        body = environment().get_template("incidents/status.html").render(context)
    mark = f'"{sha256(body.encode()).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match") == mark:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(body)
    answer["ETag"], answer["Cache-Control"] = mark, f"public, max-age={FRESH_SECONDS}"
    return answer
