"""Writes down what happens at the door: the sign-in packages tell it, the ledger keeps it."""

from datetime import timedelta
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_ip_address
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from shouwen.platform.access import ANONYMOUS, Actor, now
from shouwen.platform.access.middleware import actor_from_user
from shouwen.platform.accounts import events
from shouwen.platform.accounts.models import User
from shouwen.platform.accounts.services import tell_of
from shouwen.platform.ledger import queries as ledger

METHODS = "account_authentication_methods"  # where the package keeps how somebody signed in
LOCKED = timedelta(minutes=15)


def _address(request: HttpRequest | None) -> str:
    return str(get_client_ip_address(request) or "")[:45] if request is not None else ""


def _how(request: HttpRequest | None) -> list[str]:
    session = getattr(request, "session", None)
    records = session.get(METHODS, []) if session is not None else []
    return [str(one.get("type") or one.get("method", "")) for one in records]


def _meant(credentials: dict[str, Any] | None) -> User | None:
    """Whose account was tried; None when nobody is called so."""
    given = credentials or {}
    if name := given.get("username") or given.get("login"):
        found = User.objects.filter(username__iexact=str(name)).first()
        if found is not None:
            return found
    email = str(given.get("email") or given.get("login") or "").strip().lower()
    return User.objects.filter(email=email).first() if email else None


def _say(fact: Any, user: User | None, *, by: Actor | None = None) -> None:
    actor = by or (actor_from_user(user) if user is not None else ANONYMOUS)
    with transaction.atomic():
        tell_of(fact, user.pk if user is not None else None, at=now(), by=actor)


@receiver(user_logged_in)
def _somebody_came_in(sender: Any, request: HttpRequest, user: User, **_more: Any) -> None:
    _say(events.SignedIn(user_id=user.pk, how=_how(request), address=_address(request)), user)


@receiver(user_logged_out)
def _somebody_went(sender: Any, request: HttpRequest, user: User | None, **_more: Any) -> None:
    if user is not None:
        _say(events.SignedOut(user_id=user.pk, address=_address(request)), user)


@receiver(user_login_failed)
def _somebody_stayed_out(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any
) -> None:
    """Not while they are locked out: that has been written down, and whoever goes on trying fills no book."""
    if request is not None and not AxesProxyHandler.is_allowed(request, credentials):
        return
    user = _meant(credentials)
    name = user.name if user is not None else ""
    fact = events.SignInFailed(
        user_id=user.pk if user is not None else None, user_name=name, address=_address(request)
    )
    _say(fact, user, by=ANONYMOUS)


@receiver(user_locked_out)
def _somebody_is_locked_out(
    sender: Any, request: HttpRequest, username: str | None = None, **_more: Any
) -> None:
    user = _meant({"login": username})
    address = _address(request)
    if user is not None:
        for row in ledger.timeline(("login", user.pk), newest=True, limit=10):
            known = row.name == events.LockedOut.wire and row.data.get("address") == address
            if known and now() - row.at < LOCKED:
                return
    name = user.name if user is not None else ""
    fact = events.LockedOut(user_id=user.pk if user is not None else None, user_name=name, address=address)
    _say(fact, user, by=ANONYMOUS)


@receiver([password_changed, password_set, password_reset])
def _a_password_was_changed(sender: Any, request: HttpRequest, user: User, **_more: Any) -> None:
    _say(events.PasswordChanged(user_id=user.pk, user_name=user.name, address=_address(request)), user)


@receiver(authentication_failed)
def _a_second_factor_was_wrong(sender: Any, request: HttpRequest, user: User, **_more: Any) -> None:
    fact = events.SignInFailed(
        user_id=user.pk, user_name=user.name, address=_address(request), second_factor=True
    )
    _say(fact, user, by=ANONYMOUS)


def _label(authenticator: Any) -> str:
    """What its owner calls it; only passkeys have names."""
    named = authenticator.type == authenticator.Type.WEBAUTHN
    return str(authenticator.wrap().name)[:100] if named else ""


@receiver(authenticator_added)
def _a_factor_was_added(
    sender: Any, request: HttpRequest, user: User, authenticator: Any, **_more: Any
) -> None:
    fact = events.FactorAdded(
        user_id=user.pk, sort=authenticator.type, label=_label(authenticator), address=_address(request)
    )
    _say(fact, user)


@receiver(authenticator_removed)
def _a_factor_was_removed(
    sender: Any, request: HttpRequest, user: User, authenticator: Any, **_more: Any
) -> None:
    fact = events.FactorRemoved(
        user_id=user.pk, sort=authenticator.type, label=_label(authenticator), address=_address(request)
    )
    _say(fact, user)


@receiver(authenticator_reset)
def _codes_were_renewed(sender: Any, request: HttpRequest, user: User, **_more: Any) -> None:
    _say(events.CodesRenewed(user_id=user.pk, address=_address(request)), user)
