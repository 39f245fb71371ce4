"""Pages and answers of the frame itself."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST, require_safe
from pypinyin import Style, lazy_pinyin

from shouwen.platform import frame, ways
from shouwen.platform.access import actor_of, now, public, staff_only
from shouwen.platform.accounts import services as accounts
from shouwen.platform.files import queries as files
from shouwen.platform.preferences import get as preference
from shouwen.platform.ui.accent import stylesheet
from shouwen.platform.web.pages import render, safe_next

YEAR_SECONDS = 365 * 24 * 3600


def _keys(label: str, more: str) -> str:
    initials = "".join(lazy_pinyin(label, style=Style.FIRST_LETTER)).lower()
    return f"{initials} {''.join(lazy_pinyin(label)).lower()} {more}".strip()


@require_GET
@staff_only
def palette(request: HttpRequest) -> HttpResponse:
    """Every page this person may open: found by Chinese, pinyin, initials and English."""
    actor = actor_of(request)
    entries = frame.palette_of(actor)
    with translation.override("en"):
        english = {one.code: one.label for one, _keys_ in frame.palette_of(actor)}
    return JsonResponse(
        [
            {
                "label": one.label,
                "url": one.url,
                "icon": one.icon,
                "hint": "",
                "keys": _keys(one.label, f"{more} {english.get(one.code, '')}".lower()),
            }
            for one, more in entries
        ],
        safe=False,
    )


@require_GET
@public
def brand(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(stylesheet(frame.brand()["accent"]), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=60"
    return response


@require_safe
@public
def logo(request: HttpRequest) -> HttpResponseBase:
    """The organisation's picture, and no other file; its address changes with it."""
    file = files.get(int(preference("organisation.logo")))
    response = FileResponse(files.opened(file), content_type=file.content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _remember(request: HttpRequest, **changes: str) -> None:
    actor = actor_of(request)
    if actor.is_staff and actor.user_id is not None:
        known = {"language": actor.language, "zone": actor.zone, "theme": actor.theme, **changes}
        accounts.set_preferences(user_id=actor.user_id, **known)


@require_POST
@public
def language(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("language", "")
    if wanted not in dict(settings.LANGUAGES):
        wanted = settings.LANGUAGE_CODE
    _remember(request, language=wanted)
    response = HttpResponseRedirect(safe_next(request, "/"))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=YEAR_SECONDS, samesite="Lax")
    return response


@require_POST
@public
def theme(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("theme", "system")
    if wanted not in {"light", "dark", "system"}:
        wanted = "system"
    _remember(request, theme=wanted)
    response = HttpResponseRedirect(safe_next(request, "/"))
    response.set_cookie("shouwen-theme", wanted, max_age=YEAR_SECONDS, samesite="Lax")
    return response


@require_GET
@staff_only
def settings_index(request: HttpRequest) -> HttpResponse:
    return render(request, "platform/settings.html", {"entries": frame.settings_of(actor_of(request))})


@require_GET
@staff_only
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "platform/gallery.html", {"sample_time": now(), "channels": ways.codes()})
