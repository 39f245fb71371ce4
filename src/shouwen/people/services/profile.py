"""What is known of a person beside teams and roles; what they set for themselves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.people import policies, queries, rules
from shouwen.people.events import PersonChanged
from shouwen.people.models import Staff
from shouwen.people.services.structure import assign_teams, copy_to_account
from shouwen.platform.access import Actor, ensure
from shouwen.platform.accounts import services as accounts
from shouwen.platform.files.pictures import portrait
from shouwen.platform.files.removing import remove
from shouwen.platform.files.services import store
from shouwen.platform.ledger import bus


@transaction.atomic
def change(
    *,
    staff_id: int,
    name: str,
    title: str,
    department_id: int | None,
    provider_id: int | None,
    languages: Iterable[str],
    authority_level: int,
    capacity: int,
    deputy_id: int | None,
    at: datetime,
    by: Actor,
) -> Staff:
    """What an administrator or chief keeps about a person."""
    staff = queries.locked(staff_id)
    ensure(policies.may_manage, by, staff)
    rules.deputy(staff.id, deputy_id)
    wanted: dict[str, Any] = {
        "name": name,
        "title": title,
        "department_id": queries.department(department_id).pk if department_id else None,
        "provider_id": queries.provider(provider_id).pk if provider_id else None,
        "languages": rules.languages(languages),
        "authority_level": rules.level(authority_level, lowest=0, field="authority_level"),
        "capacity": rules.capacity(capacity),
        "deputy_id": queries.staff(deputy_id).pk if deputy_id else None,
    }
    if _write(staff, wanted, by=by, at=at):
        _rename_account(staff)
        copy_to_account(staff)
    return staff


@transaction.atomic
def change_with_teams(
    *, staff_id: int, team_ids: Iterable[int], at: datetime, by: Actor, **values: Any
) -> Staff:
    """Both at once, or neither: what one form holds."""
    assign_teams(staff_id=staff_id, team_ids=team_ids, at=at, by=by)
    return change(staff_id=staff_id, **values, at=at, by=by)


@transaction.atomic
def set_limits(
    *, staff_id: int, limits: str, hard_limit: int | None = None, at: datetime, by: Actor
) -> Staff:
    """Where a person draws the line ("no more than two hostile callers in a row"), for colleagues to see.

    `hard_limit`: how many hard contacts a day are enough; then help is offered. None: they say it themselves."""
    staff = queries.locked(staff_id)
    ensure(policies.may_change_profile, by, staff)
    if hard_limit is not None and not 1 <= hard_limit <= rules.MOST_HARD:
        raise Invalid(_("Between 1 and %(most)s a day.") % {"most": rules.MOST_HARD}, field="hard_limit")
    _write(staff, {"limits": limits, "hard_limit": hard_limit}, by=by, at=at)
    return staff


@transaction.atomic
def set_photo(*, staff_id: int, content: bytes, at: datetime, by: Actor) -> Staff:
    """A face beside the name, for colleagues and customers. The one before it leaves the disk."""
    staff = queries.locked(staff_id)
    ensure(policies.may_change_profile, by, staff)
    kept = store(name=f"staff-{staff.pk}", content=portrait(content), at=at)
    _replace_photo(staff, kept.pk, at=at, by=by)
    return staff


@transaction.atomic
def remove_photo(*, staff_id: int, at: datetime, by: Actor) -> Staff:
    staff = queries.locked(staff_id)
    ensure(policies.may_change_profile, by, staff)
    _replace_photo(staff, None, at=at, by=by)
    return staff


def _replace_photo(staff: Staff, photo: int | None, *, at: datetime, by: Actor) -> None:
    before = staff.photo
    if _write(staff, {"photo": photo}, by=by, at=at) and before is not None:
        remove([before], at=at)


@transaction.atomic
def set_preferences(
    *, staff_id: int, name: str, language: str, zone: str, theme: str, at: datetime, by: Actor
) -> Staff:
    """A person's own name, language, time zone and theme."""
    staff = queries.locked(staff_id)
    ensure(policies.may_change_profile, by, staff)
    _write(staff, {"name": name}, by=by, at=at)
    accounts.set_preferences(user_id=staff.id, name=name, language=language, zone=zone, theme=theme)
    return staff


def _rename_account(staff: Staff) -> None:
    user = staff.user
    accounts.set_preferences(
        user_id=staff.id, language=user.language, zone=user.zone, theme=user.theme, name=staff.name
    )


def _write(staff: Staff, wanted: dict[str, Any], *, by: Actor, at: datetime) -> bool:
    """Save and announce what differs; False when nothing does."""
    before = {key: getattr(staff, key) for key, value in wanted.items() if getattr(staff, key) != value}
    if not before:
        return False
    for key in before:
        setattr(staff, key, wanted[key])
    staff.save(update_fields=list(before))
    after = {key: wanted[key] for key in before}
    bus.announce(
        PersonChanged(staff_id=staff.id), subjects=[staff.subject], by=by, at=at, before=before, after=after
    )
    return True
