"""The Jinja2 environment of every page."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import number_format
from jinja2 import Environment, StrictUndefined

from shouwen.platform import windows
from shouwen.platform.ledger import history
from shouwen.platform.repeated import say, static, url
from shouwen.platform.series import listed
from shouwen.platform.ui.jinja import install


def ago(value: datetime, at: datetime | None = None) -> str:
    """How long ago (or ahead) in one short word: 3 min, 2 h, 5 d."""
    seconds = int(((at or datetime.now(UTC)) - value).total_seconds())
    ahead, seconds = seconds < 0, abs(seconds)
    chinese = (translation.get_language() or "").startswith("zh")
    if seconds < 60:
        return "刚刚" if chinese else "now"
    for size, zh, en in ((86400, "天", "d"), (3600, "小时", "h"), (60, "分钟", "min")):
        if seconds >= size:
            count = seconds // size
            if chinese:
                return f"{count}{zh}{'后' if ahead else '前'}"
            return f"in {count} {en}" if ahead else f"{count} {en}"
    return ""


def local_time(value: datetime | None, style: str = "short") -> str:
    """A time in the reader's zone. Styles: short (today's as a clock time), full, time, date, day, ago, iso."""
    if value is None:
        return ""
    if style == "ago":
        return ago(value)
    there = timezone.localtime(value)
    if style == "iso":
        return there.isoformat(timespec="seconds")
    if style == "full":
        return there.strftime("%Y-%m-%d %H:%M:%S")
    if style == "time":
        return there.strftime("%H:%M")
    if style == "date":
        return there.strftime("%Y-%m-%d")
    here = timezone.localtime()
    if style != "day" and there.date() == here.date():
        return there.strftime("%H:%M")
    if there.year == here.year:
        return there.strftime("%m-%d" if style == "day" else "%m-%d %H:%M")
    return there.strftime("%Y-%m-%d" if style == "day" else "%Y-%m-%d %H:%M")


def thousands(value: float | int | None, digits: int = 0) -> str:
    if value is None:
        return "–"
    return number_format(value, digits, force_grouping=True)


def signed(value: float | None, digits: int = 2) -> str:
    """A difference with its sign; one that rounds to nothing has none, a missing one is a dash."""
    if value is None:
        return "–"
    shown = f"{value:+.{digits}f}"
    return shown[1:] if float(shown) == 0 else shown


def environment(**options: Any) -> Environment:
    options.setdefault("autoescape", True)
    env = Environment(  # noqa: S701  it is on, see the line above
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(
        _=say, url=url, static=static, window=windows.look, settings=settings, versions=history.versions
    )
    env.filters.update(local_time=local_time, thousands=thousands, listed=listed, signed=signed)
    install(env)
    return env


def text_environment(pages: Environment) -> Environment:
    """The same templates for what is no page: the words of a mail, where an ampersand is an ampersand.

    Apart from the pages' own, which escapes everything it renders whatever a template is called: so the only
    way to unescaped text is to ask for a text, and a text is never sent as HTML.
    """
    return pages.overlay(autoescape=False)
