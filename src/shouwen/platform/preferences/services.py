"""Writes on the organisation's settings."""

import re
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, require
from shouwen.platform.files import services as files
from shouwen.platform.ledger import bus
from shouwen.platform.preferences import registry
from shouwen.platform.preferences.events import PreferencesChanged
from shouwen.platform.preferences.models import Preference

ORGANISATION = ("organisation", 0)
LARGEST = 1e15  # whole numbers up to here are exact in JSON


def checked(entry: registry.Setting, value: Any) -> Any:
    """`value` (a form's text or a JSON value) as the setting's own type; Invalid names the setting."""
    if entry.kind == "bool":
        return value in (True, "on", "true", "1")
    if entry.kind in {"int", "float", "picture"}:
        try:
            number = float(value) if entry.kind == "float" else int(value)
        except (TypeError, ValueError, OverflowError):
            raise Invalid(_("Enter a number."), field=entry.code) from None
        if not -LARGEST <= number <= LARGEST:  # nor what is no number at all
            raise Invalid(_("Enter a number."), field=entry.code)
        if entry.minimum is not None and number < entry.minimum:
            raise Invalid(_("At least %(least)s.") % {"least": entry.minimum}, field=entry.code)
        if entry.maximum is not None and number > entry.maximum:
            raise Invalid(_("At most %(most)s.") % {"most": entry.maximum}, field=entry.code)
        return number
    text = str(value).replace("\x00", "").strip()
    if entry.kind == "choice" and text not in {code for code, _label in entry.choices}:
        raise Invalid(_("Choose one of the listed values."), field=entry.code)
    if entry.pattern and not re.fullmatch(entry.pattern, text):
        raise Invalid(_("This does not have the form that is asked for."), field=entry.code)
    if len(text) > 2000:
        raise Invalid(_("At most %(most)s characters.") % {"most": 2000}, field=entry.code)
    return text


PICTURE_BYTES = 512 * 1024


def keep_picture(*, code: str, name: str, content: IO[bytes], at: datetime, by: Actor) -> int:
    """Store an image for a setting; its id. Invalid, naming the setting, for what is none."""
    require(by, "preferences.change")
    stored = files.store(name=name, content=content, at=at, limit=PICTURE_BYTES)
    if not stored.safe_inline or not stored.content_type.startswith("image/"):
        raise Invalid(_("Choose a picture: PNG, JPEG, GIF or WebP."), field=code)
    return stored.pk


@transaction.atomic
def change(*, values: dict[str, Any], at: datetime, by: Actor) -> None:
    require(by, "preferences.change")
    known = registry.known()
    errors: dict[str, Any] = {}
    good: dict[str, Any] = {}
    for code, value in values.items():
        if code not in known:
            raise Invalid(_("There is no such setting."), field=code)
        try:
            good[code] = checked(known[code], value)
        except Invalid as fault:
            errors[code] = fault.sentence
    if errors:
        raise Invalid(_("Some values can't be used."), errors=errors)
    held = dict(Preference.objects.values_list("code", "value"))
    before = {code: held.get(code, known[code].default) for code in good}
    differs = [code for code, value in good.items() if before[code] != value]
    if not differs:
        return
    bus.announce(
        PreferencesChanged(codes=differs),
        subjects=[ORGANISATION],
        by=by,
        at=at,
        before={code: before[code] for code in differs},
        after={code: good[code] for code in differs},
    )
    for code, value in good.items():
        Preference.objects.update_or_create(
            code=code, defaults={"value": value, "changed_at": at, "changed_by": by.user_id}
        )
    transaction.on_commit(registry.forget)
