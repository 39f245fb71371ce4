"""The frame around every staff page: rail, settings, palette, presence. Rooms register; the actor's rights filter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from markupsafe import Markup

from shouwen.platform.access import Actor, actor_of
from shouwen.platform.repeated import url
from shouwen.platform.waiting import Figure, settled


@dataclass(frozen=True)
class Entry:
    code: str
    label: Any
    url_name: str
    icon: str
    permission: str
    order: int
    badge: Callable[[Actor], Figure] | None = None
    help: Any = ""
    keys: str = ""
    when: Callable[[Actor], bool] | None = None

    @property
    def url(self) -> str:
        return url(self.url_name)


@dataclass(frozen=True)
class Shown:
    """An entry as one person sees it."""

    code: str
    label: str
    url: str
    icon: str
    badge: int | None
    active: bool
    help: str = ""


_rail: dict[str, Entry] = {}
_settings: dict[str, Entry] = {}
_palette: dict[str, Entry] = {}
_public: dict[str, Entry] = {}
_presence: list[Callable[[Actor], dict[str, Any] | None]] = []
_notices: list[Callable[[Actor], Figure]] = []
_topics: list[Callable[[Actor], list[str]]] = []


def rail(
    code: str,
    label: Any,
    url_name: str,
    icon: str,
    permission: str = "",
    *,
    order: int = 50,
    badge: Callable[[Actor], Figure] | None = None,
    when: Callable[[Actor], bool] | None = None,
) -> None:
    """An entry of the left rail. `badge(actor)` is asked on every full page, best as something Counted; `when` says
    for whom it is there, where one permission alone does not."""
    _rail[code] = Entry(code, label, url_name, icon, permission, order, badge, when=when)
    palette(label, url_name, code, icon=icon, permission=permission)


def setting(
    code: str,
    label: Any,
    url_name: str,
    icon: str,
    permission: str,
    *,
    order: int = 50,
    help: Any = "",  # noqa: A002
) -> None:
    """A card of the settings page."""
    _settings[code] = Entry(code, label, url_name, icon, permission, order, help=help)
    palette(label, url_name, code, icon=icon, permission=permission)


def public(code: str, label: Any, url_name: str, icon: str, *, order: int = 50) -> None:
    """An entry above the pages that customers see."""
    _public[code] = Entry(code, label, url_name, icon, "", order)


def palette(
    label: Any, url_name: str, keys: str = "", *, icon: str = "arrow-right", permission: str = ""
) -> None:
    """A page or action that the command palette reaches; `keys` are further words it is found by."""
    _palette[url_name] = Entry(url_name, label, url_name, icon, permission, 50, keys=keys)


def presence(show: Callable[[Actor], dict[str, Any] | None]) -> None:
    """Who knows a person's presence registers `show(actor) -> {code, label, choices}`."""
    _presence[:] = [show]


def notices(count: Callable[[Actor], Figure]) -> None:
    """Who keeps notices registers how many an actor has not read."""
    _notices[:] = [count]


def topics(of: Callable[[Actor], list[str]]) -> None:
    """More live topics that every page of this actor listens to."""
    if of not in _topics:
        _topics.append(of)


def _allowed(entries: dict[str, Entry], actor: Actor) -> list[Entry]:
    return sorted(
        (
            e
            for e in entries.values()
            if (not e.permission or actor.can(e.permission)) and (e.when is None or e.when(actor))
        ),
        key=lambda e: e.order,
    )


def _figures(actor: Actor) -> dict[str, int | None]:
    """What waits, by code of the rail's entries and "" for notices: one question for all of them."""
    badges = {entry.code: entry.badge(actor) for entry in _allowed(_rail, actor) if entry.badge}
    return settled({**badges, "": _notices[0](actor)} if _notices else badges)


def shown(
    entries: dict[str, Entry], actor: Actor, path: str = "", figures: Mapping[str, int | None] | None = None
) -> list[Shown]:
    result = []
    waiting = figures or {}
    for entry in _allowed(entries, actor):
        try:
            url = entry.url
        except NoReverseMatch:
            continue  # a room that is not installed
        active = bool(path) and (path == url or (url != "/" and path.startswith(url)))
        badge = waiting.get(entry.code)
        result.append(Shown(entry.code, str(entry.label), url, entry.icon, badge, active, str(entry.help)))
    return result


def public_of(path: str) -> list[Shown]:
    """The entries above customers' pages; the one that is open is marked."""
    return shown(_public, Actor(), path)


def may_set(actor: Actor) -> bool:
    """Whether there is anything on the settings page for this person."""
    return bool(_allowed(_settings, actor))


def settings_of(actor: Actor) -> list[Shown]:
    return shown(_settings, actor)


def palette_of(actor: Actor) -> list[tuple[Shown, str]]:
    return [(one, _palette[one.code].keys) for one in shown(_palette, actor)]


def live_topics(actor: Actor) -> list[str]:
    """What every page of this actor listens to."""
    wanted = [f"user:{actor.user_id}", f"staff:{actor.user_id}", *(f"team:{pk}" for pk in actor.team_ids)]
    for of in _topics:
        wanted += of(actor)
    return wanted


def _live_token(actor: Actor) -> str:
    from shouwen.platform.live import token

    return token(actor, live_topics(actor))


def _live_since(request: HttpRequest) -> str:
    from shouwen.platform.live.middleware import page_stands_at

    return page_stands_at(request)


def brand() -> dict[str, str]:
    from shouwen.platform.preferences import get

    logo = get("organisation.logo")
    return {
        "name": get("organisation.name"),
        "accent": get("organisation.accent"),
        "logo": f"{reverse('ui:logo')}?{logo}" if logo else "",
        "foot": get("organisation.foot"),
    }


_NEEDED: dict[str, str] = {}


def needs(control: str, permission: str) -> None:
    """A control of the frame ("register", "search") that only who holds `permission` is shown."""
    _NEEDED[control] = permission


_LINKS = {
    "home": "home",
    "search": "cases:search",
    "register": "cases:register",
    "presence": "people:presence",
    "notices": "cases:notices",
    "language": "ui:language",
    "theme": "ui:theme",
    "profile": "people:me",
    "sign_in": "account_login",
    "sign_out": "account_logout",
    "palette": "ui:palette",
    "brand_css": "ui:brand",
}


@lru_cache(maxsize=1)
def links() -> dict[str, str]:
    """Addresses the frame's controls lead to; a room that is not installed leaves its control off the page."""
    found = {"live": "/live/stream"}
    for code, name in _LINKS.items():
        try:
            found[code] = reverse(name)
        except NoReverseMatch:
            continue
    return found


def links_of(actor: Actor) -> dict[str, str]:
    """The addresses this person may use."""
    return {code: url for code, url in links().items() if code not in _NEEDED or actor.can(_NEEDED[code])}


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor of every page; what costs a question to the database is asked only if drawn."""
    actor = actor_of(request)
    known: dict[str, Any] = {
        "request": request,
        "actor": actor,
        "brand": brand(),
        "links": links_of(actor),
        "theme": actor.theme if actor.is_staff else request.COOKIES.get("shouwen-theme", "system"),
        "language": get_language() or settings.LANGUAGE_CODE,
        "csrf_token": SimpleLazyObject(partial(get_token, request)),
        "csrf_input": SimpleLazyObject(partial(_csrf_input, request)),
        "public_nav": SimpleLazyObject(partial(public_of, request.path)),
        "messages": SimpleLazyObject(partial(get_messages, request)),
        "rail": (),
        "presence": None,
        "unread_notices": 0,
        "live_token": "",
    }
    if actor.is_staff:
        figures: Any = SimpleLazyObject(partial(_figures, actor))
        known |= {
            "rail": SimpleLazyObject(partial(shown, _rail, actor, request.path, figures)),
            "presence": SimpleLazyObject(partial(_presence[0], actor)) if _presence else None,
            "unread_notices": SimpleLazyObject(lambda: figures.get("") or 0),
            "live_token": SimpleLazyObject(partial(_live_token, actor)),
            "live_since": SimpleLazyObject(partial(_live_since, request)),
        }
    return known


def _csrf_input(request: HttpRequest) -> Markup:
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request))


def rail_of(actor: Actor, path: str = "") -> list[Shown]:
    return shown(_rail, actor, path)
