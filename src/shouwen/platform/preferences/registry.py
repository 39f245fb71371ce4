"""What can be set, with its default; values are read from memory, looked up anew every few seconds."""

import threading
import time
from dataclasses import dataclass
from typing import Any

FRESH_SECONDS = 5.0


@dataclass(frozen=True)
class Setting:
    code: str
    default: Any
    label: Any
    help: Any
    group: Any
    choices: tuple[tuple[str, Any], ...]
    minimum: float | None
    maximum: float | None
    pattern: str
    picture: bool = False
    lines: bool = False

    @property
    def kind(self) -> str:
        if self.picture or self.lines:
            return "picture" if self.picture else "lines"
        if self.choices:
            return "choice"
        return {bool: "bool", int: "int", float: "float"}.get(type(self.default), "text")


_settings: dict[str, Setting] = {}
_values: dict[str, Any] = {}
_read_at = -FRESH_SECONDS
_lock = threading.Lock()


def setting(
    code: str,
    default: Any,
    *,
    label: Any,
    help: Any = "",  # noqa: A002
    group: Any = "",
    choices: tuple[tuple[str, Any], ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
    pattern: str = "",
    picture: bool = False,
    lines: bool = False,
) -> None:
    """`picture`: the value is the id of a stored image, 0 for none. `lines`: a text of several lines."""
    entry = Setting(code, default, label, help, group, choices, minimum, maximum, pattern, picture, lines)
    _settings[code] = entry
    from shouwen.platform.ledger import history

    history.field(code, label)


def known() -> dict[str, Setting]:
    return dict(_settings)


def forget() -> None:
    """Read the table again at the next question."""
    global _read_at  # noqa: PLW0603
    _read_at = -FRESH_SECONDS


def get(code: str) -> Any:
    """The value of a setting: what the organisation chose, or the default."""
    global _read_at, _values  # noqa: PLW0603
    if time.monotonic() - _read_at > FRESH_SECONDS:
        from shouwen.platform.preferences.models import Preference

        with _lock:
            # a new dictionary, not the old one emptied: another thread may be reading it
            _values = dict(Preference.objects.values_list("code", "value"))
            _read_at = time.monotonic()
    return _values.get(code, _settings[code].default)
