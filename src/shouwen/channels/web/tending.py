"""Settings: what is done with any connection to the world, be it a mailbox or a connected channel."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.channels import policies, queries, registry, services
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, page

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Place:
    """Where connections of one sort are set up: the names of one's and of all's address, the list's title, and
    what is said of a new default. `<one>-test`, `-activity` and `-default` are addresses too."""

    one: str
    all: str
    title: Any
    new_default: Any


def views(place: Place) -> tuple[View, View, View]:
    """The views that test a connection, switch it on or off, and make it the default."""

    @require_POST
    @needs(policies.SET_UP)
    def test(request: HttpRequest, account_id: int) -> HttpResponse:
        account = queries.account(account_id)
        steps = registry.get(account.vendor).test(account)
        known = {"account": account, "steps": steps, "place": place}
        return page(request, "channels/account_test.html", "steps", known)

    @require_POST
    @needs(policies.SET_UP)
    def activity(request: HttpRequest, account_id: int) -> HttpResponse:
        on = Input(request).flag("active")
        services.set_active(account_id=account_id, active=on, at=now(), by=actor_of(request))
        return done(request, reverse(place.all), _("Switched on.") if on else _("Switched off."))

    @require_POST
    @needs(policies.SET_UP)
    def default(request: HttpRequest, account_id: int) -> HttpResponse:
        services.set_default(account_id=account_id, at=now(), by=actor_of(request))
        return done(request, reverse(place.all), str(place.new_default))

    return test, activity, default
