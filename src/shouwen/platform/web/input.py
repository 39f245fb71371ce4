"""Reading a form: each field is asked for by type, all complaints are gathered, one fault names them all."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.platform.access import actor_of

MAX_FILES = 20
LARGE = 2**31 - 1  # what every database's smaller integers hold
WHOLE = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
YEARS = range(1900, 2200)  # others are slips of the keyboard, and the earliest and latest break sums


class Input:
    """Fields of a POST (or GET) request. Ask for all, then call `done()`: Invalid with every error at once."""

    def __init__(self, request: HttpRequest, *, query: bool = False) -> None:
        self._values = request.GET if query else request.POST
        self._request = request
        self.errors: dict[str, Any] = {}

    def _text(self, name: str) -> str:
        value = self._values.get(name, "")
        return value.replace("\r\n", "\n").replace("\x00", "").strip() if isinstance(value, str) else ""

    def has(self, name: str) -> bool:
        return name in self._values

    def fail(self, name: str, sentence: Any) -> None:
        self.errors.setdefault(name, sentence)

    def text(self, name: str, *, limit: int = 200, required: bool = False, default: str = "") -> str:
        value = self._text(name) or default
        if required and not value:
            self.fail(name, _("Fill this in."))
        if len(value) > limit:
            self.fail(
                name,
                _("At most %(limit)s characters; this has %(count)s.")
                % {"limit": limit, "count": len(value)},
            )
        return value

    def integer(
        self, name: str, *, least: int | None = None, most: int | None = None, required: bool = False
    ) -> int | None:
        value = self._text(name)
        if not value:
            if required:
                self.fail(name, _("Fill this in."))
            return None
        if not WHOLE.fullmatch(value):
            self.fail(name, _("Enter a whole number."))
            return None
        number = int(value)
        low, high = (-LARGE if least is None else least), (LARGE if most is None else most)
        if low <= number <= high:
            return number
        if most is None:
            self.fail(name, _("Enter a number from %(least)s up.") % {"least": low})
        else:
            self.fail(name, _("Enter a number from %(least)s to %(most)s.") % {"least": low, "most": high})
        return None

    def ident(self, name: str, *, required: bool = False) -> int | None:
        """A row's id."""
        return self.integer(name, least=1, most=2**62, required=required)

    def choice(self, name: str, choices: Iterable[str], *, default: str = "", required: bool = False) -> str:
        value = self._text(name) or default
        if not value and not required:
            return ""
        if value not in set(choices):
            self.fail(name, _("Choose one of the listed values."))
            return default
        return value

    def flag(self, name: str) -> bool:
        return self._text(name) in {"on", "1", "true", "yes"}

    def many(self, name: str, *, most: int = 500) -> list[str]:
        given = (value.replace("\x00", "").strip() for value in self._values.getlist(name))
        values = [value for value in given if value]
        if len(values) > most:
            self.fail(name, _("At most %(most)s at once.") % {"most": most})
        return values[:most]

    def idents(self, name: str, *, most: int = 500) -> list[int]:
        values = self.many(name, most=most)
        if any(not WHOLE.fullmatch(value) or int(value) < 1 for value in values):
            self.fail(name, _("Choose from the list."))
            return []
        return [int(value) for value in values]

    def day(self, name: str, *, required: bool = False) -> date | None:
        value = self._text(name)
        if not value:
            if required:
                self.fail(name, _("Fill this in."))
            return None
        try:
            found = date.fromisoformat(value)
        except ValueError:
            found = None
        if found is None or found.year not in YEARS:
            self.fail(name, _("Enter a date such as 2026-03-31."))
            return None
        return found

    def moment(self, name: str, *, required: bool = False) -> datetime | None:
        """A date and time in the reader's own zone (`datetime-local`), as an aware time."""
        value = self._text(name)
        if not value:
            if required:
                self.fail(name, _("Fill this in."))
            return None
        return self._moment(name, value)

    def moments(self, name: str, *, most: int = 50) -> list[datetime]:
        """Several times under one name, read as `moment` reads one."""
        found = [self._moment(name, value) for value in self.many(name, most=most)]
        return [moment for moment in found if moment is not None]

    def _moment(self, name: str, value: str) -> datetime | None:
        try:
            there = datetime.fromisoformat(value)
        except ValueError:
            there = None
        if there is None or there.year not in YEARS:
            self.fail(name, _("Enter a date and time such as 2026-03-31 14:30."))
            return None
        return there if there.tzinfo else there.replace(tzinfo=ZoneInfo(actor_of(self._request).zone))

    def files(self, name: str = "attachments") -> "list[UploadedFile[Any]]":
        files = [file for file in self._request.FILES.getlist(name) if isinstance(file, UploadedFile)]
        if len(files) > MAX_FILES:
            self.fail(name, _("At most %(most)s at once.") % {"most": MAX_FILES})
        return files[:MAX_FILES]

    def done(self) -> None:
        if self.errors:
            raise Invalid(_("Please look at the marked fields."), errors=self.errors)
