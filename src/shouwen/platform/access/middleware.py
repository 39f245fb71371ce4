"""Builds the request's actor, and speaks the actor's language in the actor's zone."""

from collections.abc import Callable
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from shouwen.platform.access import permissions
from shouwen.platform.access.actors import ANONYMOUS, Actor

KNOWN = {code for code, _name in settings.LANGUAGES}


def actor_from_user(user: object, scopes: frozenset[str] | None = None) -> Actor:
    """The actor a stored user acts as. Takes anything with User's fields; makes no query."""
    return Actor(
        user_id=user.pk,  # type: ignore[attr-defined]
        name=user.name,  # type: ignore[attr-defined]
        kind="staff",
        permissions=permissions.of_roles(user.roles),  # type: ignore[attr-defined]
        roles=frozenset(user.roles),  # type: ignore[attr-defined]
        team_ids=frozenset(user.team_ids),  # type: ignore[attr-defined]
        department_id=user.department_id,  # type: ignore[attr-defined]
        provider_id=user.provider_id,  # type: ignore[attr-defined]
        language=user.language,  # type: ignore[attr-defined]
        zone=user.zone,  # type: ignore[attr-defined]
        theme=user.theme,  # type: ignore[attr-defined]
        scopes=scopes,
    )


def _language(request: HttpRequest, actor: Actor) -> str:
    if actor.is_staff and actor.language in KNOWN:
        return actor.language
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in KNOWN:
        return chosen
    asked = request.META.get("HTTP_ACCEPT_LANGUAGE", "").lower()
    # Chinese first: another language only for who asks for it and not for Chinese
    return "en" if asked.startswith("en") and "zh" not in asked else settings.LANGUAGE_CODE


@lru_cache(maxsize=128)
def _zone(name: str) -> ZoneInfo:
    """The zone called `name`; the organisation's own when the time zone database no longer has it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = ANONYMOUS
        if not request.path_info.startswith(("/api/", "/static/")):
            user = request.user
            if user.is_authenticated and user.is_active:
                actor = actor_from_user(user)
        request.actor = actor  # type: ignore[attr-defined]
        language = _language(request, actor)
        translation.activate(language)
        timezone.activate(_zone(actor.zone))
        try:
            response = self.get_response(request)
            spoken = translation.get_language() or language  # a page may speak its customer's language
        finally:
            timezone.deactivate()
            translation.deactivate()
        response.headers.setdefault("Content-Language", spoken)
        return response
