"""Setting up mailboxes. Passwords come in once, are sealed, and never leave again."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwen.channels import policies, queries, wording
from shouwen.channels.events import AccountChanged
from shouwen.channels.models import Account
from shouwen.channels.registry import Vendor
from shouwen.kernel.errors import Invalid, NotFound
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus
from shouwen.platform.secrets import seal

RECEIVER_LEASE = timedelta(minutes=2)


@transaction.atomic
def add_account(
    *, vendor: Vendor, name: str, values: Mapping[str, Any], team_id: int | None, at: datetime, by: Actor
) -> Account:
    """Set up an account with a vendor. The first of a channel is its default."""
    ensure(policies.may_set_up, by)
    checked = vendor.validate_settings(values, None)
    channel = checked.channel or vendor.channel
    first = not Account.objects.filter(channel=channel, default=True).exists()
    account = Account(
        channel=channel,
        vendor=vendor.code,
        name=_name(name),
        address=checked.address,
        settings=checked.settings,
        secrets={key: seal(value) for key, value in checked.secrets.items()},
        default=first,
        team_id=_team(team_id),
        created_at=at,
    )
    _save(account)
    _announce(account, before=None, at=at, by=by)
    return account


@transaction.atomic
def change_account(
    *,
    account_id: int,
    vendor: Vendor,
    name: str,
    values: Mapping[str, Any],
    team_id: int | None,
    at: datetime,
    by: Actor,
) -> Account:
    """Change an account. A password that is not given again stays as it was."""
    ensure(policies.may_set_up, by)
    account = _locked(account_id)
    before = _open_part(account)
    checked = vendor.validate_settings(values, account)
    account.name, account.address, account.settings = _name(name), checked.address, checked.settings
    account.secrets = {**account.secrets, **{key: seal(value) for key, value in checked.secrets.items()}}
    account.team_id = _team(team_id)
    account.version += 1
    account.last_error = ""
    _save(account)
    _announce(account, before=before, at=at, by=by)
    return account


@transaction.atomic
def renew_secret(*, account_id: int, name: str, value: str, at: datetime, by: Actor) -> Account:
    """A new secret in place of the old one, which opens nothing any more."""
    ensure(policies.may_set_up, by)
    account = _locked(account_id)
    before = _open_part(account)
    account.secrets = {**account.secrets, name: seal(value)}
    account.version += 1
    _save(account)
    _announce(account, before=before, at=at, by=by)
    return account


@transaction.atomic
def set_active(*, account_id: int, active: bool, at: datetime, by: Actor) -> Account:
    """Switch an account off or on again; its conversations stay."""
    ensure(policies.may_set_up, by)
    account = _locked(account_id)
    before = _open_part(account)
    account.active, account.state = active, ""
    account.default = account.default and active
    account.version += 1
    _save(account)
    _announce(account, before=before, at=at, by=by)
    return account


@transaction.atomic
def set_default(*, account_id: int, at: datetime, by: Actor) -> Account:
    """Let an account send what belongs to no other."""
    ensure(policies.may_set_up, by)
    account = _locked(account_id)
    if not account.active:
        raise Invalid(_("Only an account that is switched on can be the default."), field="default")
    before = _open_part(account)
    Account.objects.filter(channel=account.channel, default=True).update(default=False)
    account.default = True
    _save(account)
    _announce(account, before=before, at=at, by=by)
    return account


def note_state(*, account_id: int, state: str, at: datetime, error: str = "") -> None:
    """What the receiver of an account does now, and the note of what is wrong."""
    values: dict[str, Any] = {"state": state, "last_error": error[: wording.MOST_NOTE]}
    if state == "waiting":
        values["last_ok_at"] = at
    Account.objects.filter(pk=account_id).update(**values)


def note_position(*, account_id: int, uidvalidity: int, last_uid: int) -> None:
    """How far a mailbox has been read."""
    position = {"uidvalidity": uidvalidity, "last_uid": last_uid}
    Account.objects.filter(pk=account_id).update(position=position)


def note_cursor(*, account_id: int, of: str, cursor: str) -> None:
    """How far a line that is asked for what came has been read, in the platform's own words; `of` names what."""
    Account.objects.filter(pk=account_id).update(position={"of": of, "cursor": cursor})


@transaction.atomic
def claim_receiver(*, account_id: int, worker: str, is_dead: Callable[[str], bool], at: datetime) -> bool:
    """Take or keep the right to read a mailbox, so that of several hosts only one does.

    It passes on when the holder's process is gone, or has not shown itself for RECEIVER_LEASE.
    """
    account = Account.objects.select_for_update().filter(pk=account_id, active=True).first()
    if account is None:
        return False
    silent = account.receiver_seen_at is None or at - account.receiver_seen_at > RECEIVER_LEASE
    if account.receiver not in ("", worker) and not silent and not is_dead(account.receiver):
        return False
    Account.objects.filter(pk=account_id).update(receiver=worker, receiver_seen_at=at)
    return True


def release_receiver(*, account_id: int, worker: str) -> None:
    """Give the right back, so that another process may read at once."""
    Account.objects.filter(pk=account_id, receiver=worker).update(
        receiver="", receiver_seen_at=None, state=""
    )


def _locked(account_id: int) -> Account:
    queries.account(account_id)
    return Account.objects.select_for_update().get(pk=account_id)


def _name(name: str) -> str:
    name = name.strip()
    if not name:
        raise Invalid(_("Give the mailbox a name."), field="name")
    if len(name) > 80:
        raise Invalid(_("The name is longer than 80 characters."), field="name")
    return name


def _team(team_id: int | None) -> int | None:
    """A request cannot be given to a team that is not there: every mail would be refused."""
    if team_id is not None:
        try:
            people.team(team_id)
        except NotFound as missing:
            raise Invalid(missing.sentence, field="team") from None
    return team_id


def _save(account: Account) -> None:
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise Invalid(_("This address has been set up already."), field="address") from None


def _open_part(account: Account) -> dict[str, Any]:
    """What may be read in the audit: everything but the secrets."""
    return {
        "name": account.name,
        "address": account.address,
        "active": account.active,
        "default": account.default,
        "team_id": account.team_id,
        "settings": account.settings,
    }


def _announce(account: Account, *, before: dict[str, Any] | None, at: datetime, by: Actor) -> None:
    bus.announce(
        AccountChanged(account_id=account.pk, name=account.name),
        subjects=[account.subject],
        by=by,
        at=at,
        before=before,
        after=_open_part(account),
        topics=["mailboxes"],
    )
