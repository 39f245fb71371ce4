"""Writes on accounts."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, partial
from typing import Any
from unicodedata import category
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, NotFound
from shouwen.kernel.events import Fact
from shouwen.platform.access import Actor, permissions, require
from shouwen.platform.accounts.events import PasswordChanged
from shouwen.platform.accounts.models import User
from shouwen.platform.ledger import bus

permissions.register("accounts.manage", label=_("Create and change sign-ins"), roles={"administrator"})
_listeners: list[Callable[[int], None]] = []


def changed_with(listener: Callable[[int], None]) -> None:
    """`listener(user_id)` is called in this process once a change of what somebody may do is committed."""
    if listener not in _listeners:
        _listeners.append(listener)


def rights_changed_elsewhere(user_id: int) -> None:
    """Another process has committed such a change."""
    for listener in _listeners:
        listener(user_id)


def _tell(user_id: int) -> None:
    for listener in _listeners:
        transaction.on_commit(partial(listener, user_id))


def tell_of(fact: Fact, user_id: int | None, *, at: datetime, by: Actor, **changes: Any) -> None:
    """Write down what happened to an account; the audit book has it by the fact's name."""
    subjects = [("login", user_id)] if user_id is not None else []
    bus.announce(fact, subjects=subjects, by=by, at=at, **changes)


def _known_roles(roles: Iterable[str]) -> list[str]:
    wanted = sorted(set(roles))
    for role in wanted:
        if role not in permissions.ROLES:
            raise Invalid(_("There is no role “%(role)s”.") % {"role": role}, field="roles")
    return wanted


def _checked_password(password: str, user: User) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from None
    return password


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # reads a folder


def _check_place(language: str, zone: str) -> None:
    if language not in {code for code, _label in settings.LANGUAGES}:
        raise Invalid(_("There is no such language."), field="language")
    if zone not in _zones():
        raise Invalid(_("There is no such time zone."), field="zone")


@transaction.atomic
def create_user(
    *,
    username: str,
    name: str,
    email: str = "",
    password: str | None,
    roles: Iterable[str],
    language: str = "zh-hans",
    zone: str = "Asia/Shanghai",
    hashed: str = "",
    at: datetime,
    by: Actor,
) -> User:
    """A new key to the house. Without a password (and without `hashed`) nobody can sign in with it yet."""
    require(by, "accounts.manage")
    username = username.strip()
    # nothing that cannot be seen: two names that look the same would be two people
    if not 0 < len(username) <= 60 or not username.isprintable() or any(c.isspace() for c in username):
        raise Invalid(_("A sign-in name has 1 to 60 characters and no spaces."), field="username")
    if not name.strip() or len(name) > 80 or any(category(c) in {"Cc", "Cs"} for c in name):
        raise Invalid(_("A name has 1 to 80 characters."), field="name")
    _check_place(language, zone)
    user = User(
        username=username,
        name=name.strip(),
        email=email.strip().lower(),
        roles=_known_roles(roles),
        language=language,
        zone=zone,
        created_at=at,
    )
    if hashed:
        user.password = hashed
    elif password is None:
        user.set_unusable_password()
    else:
        user.set_password(_checked_password(password, user))
    if User.objects.filter(username__iexact=username).exists():
        raise Invalid(_("This sign-in name is taken."), field="username")
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise Invalid(_("This sign-in name is taken."), field="username") from None
    return user


def _locked(user_id: int) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound(_("There is no such sign-in."))
    return user


@transaction.atomic
def set_roles(*, user_id: int, roles: Iterable[str], at: datetime, by: Actor) -> User:
    require(by, "accounts.manage")
    user = _locked(user_id)
    user.roles = _known_roles(roles)
    user.save(update_fields=["roles"])
    _tell(user_id)
    return user


@transaction.atomic
def set_password(*, user_id: int, password: str, at: datetime, by: Actor) -> None:
    if by.user_id != user_id:
        require(by, "accounts.manage")
    user = _locked(user_id)
    user.set_password(_checked_password(password, user))
    user.save(update_fields=["password"])
    fact = PasswordChanged(user_id=user.pk, user_name=user.name, address="")
    tell_of(fact, user.pk, at=at, by=by)


@transaction.atomic
def set_membership(
    *, user_id: int, team_ids: Iterable[int], department_id: int | None, provider_id: int | None
) -> None:
    """Called by `people`, which has asked for the right and holds the truth."""
    User.objects.filter(pk=user_id).update(
        team_ids=sorted(set(team_ids)), department_id=department_id, provider_id=provider_id
    )
    _tell(user_id)


@transaction.atomic
def set_preferences(*, user_id: int, language: str, zone: str, theme: str, name: str | None = None) -> None:
    """A person's own choice of language, time zone and look."""
    _check_place(language, zone)
    if theme not in {"light", "dark", "system"}:
        raise Invalid(_("There is no such theme."), field="theme")
    changes = {"language": language, "zone": zone, "theme": theme}
    if name is not None:
        changes["name"] = name.strip()[:80]
    User.objects.filter(pk=user_id).update(**changes)


@transaction.atomic
def set_active(*, user_id: int, active: bool, at: datetime, by: Actor) -> None:
    require(by, "accounts.manage")
    user = _locked(user_id)
    user.is_active = active
    user.save(update_fields=["is_active"])
    _tell(user_id)
