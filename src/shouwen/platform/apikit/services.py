"""Writes on tokens."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, NotFound
from shouwen.platform.access import Actor, require
from shouwen.platform.accounts.models import User
from shouwen.platform.apikit import kit
from shouwen.platform.apikit.events import TokenMade, TokenRevoked
from shouwen.platform.apikit.models import Replay, Token
from shouwen.platform.jobs import every
from shouwen.platform.ledger import bus

REPLAY_DAYS = 7


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create_token(
    *,
    username: str,
    scopes: Iterable[str],
    label: str = "",
    expires_at: datetime | None = None,
    at: datetime,
    by: Actor,
) -> tuple[Token, str]:
    """A new token and its secret; the secret is shown once and stored only as a hash."""
    require(by, "apikit.manage")
    user = User.objects.filter(username__iexact=username).first() if username.isprintable() else None
    if user is None:
        raise Invalid(_("There is no sign-in “%(name)s”.") % {"name": username}, field="user")
    wanted = sorted(set(scopes))
    known = kit.scopes()
    for one in wanted:
        if one not in known:
            raise Invalid(
                _("There is no scope “%(scope)s”. Known: %(known)s")
                % {"scope": one, "known": ", ".join(sorted(known))},
                field="scope",
            )
    if not wanted:
        raise Invalid(_("Name at least one scope."), field="scope")
    secret = "sw_" + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        label=label.encode("utf-8", "replace").decode()[:80],
        digest=digest(secret),
        scopes=wanted,
        expires_at=expires_at,
        created_at=at,
    )
    after = {"scopes": wanted, "expires_at": expires_at.isoformat() if expires_at else None}
    made = TokenMade(token_id=token.pk, user_id=user.pk, user_name=user.name, label=token.label)
    bus.announce(made, subjects=[("login", user.pk)], by=by, at=at, after=after)
    return token, secret


@transaction.atomic
def revoke(*, token_id: int, at: datetime, by: Actor) -> None:
    require(by, "apikit.manage")
    token = Token.objects.select_for_update(of=("self",)).select_related("user").filter(pk=token_id).first()
    if token is None or token.revoked_at is not None:
        raise NotFound(_("There is no such token."))
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    bus.announce(
        TokenRevoked(token_id=token.pk, user_id=token.user_id, user_name=token.user.name, label=token.label),
        subjects=[("login", token.user_id)],
        by=by,
        at=at,
        before={"scopes": token.scopes},
    )
    transaction.on_commit(kit.forget_tokens)


@every("apikit.forget_replays", seconds=3600, label=_("Forget old answers of the API"))
def forget_replays(*, at: datetime) -> None:
    Replay.objects.filter(created_at__lt=at - timedelta(days=REPLAY_DAYS)).delete()
