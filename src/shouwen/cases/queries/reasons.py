"""Why a case was offered to somebody, and why not, in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from shouwen.cases.rules import routing as rules
from shouwen.people import queries as people

CRITERIA: dict[str, Any] = {
    rules.KNOWS: gettext_lazy("Knows this customer"),
    rules.SKILL: gettext_lazy("Has the skill"),
    rules.LANGUAGE: gettext_lazy("Speaks the customer's language"),
    rules.TIER: gettext_lazy("Senior enough for the customer's tier"),
    rules.LOAD: gettext_lazy("Least load"),
    rules.TURN: pgettext_lazy("routing", "Whose turn it is"),
}
WHY: dict[str, Any] = {
    rules.KNOWS: gettext_lazy("knows the customer (%(a)s)"),
    rules.SKILL: gettext_lazy("has the skill %(a)s"),
    rules.LANGUAGE: gettext_lazy("speaks %(a)s"),
    rules.TIER: gettext_lazy("senior enough for tier %(a)s"),
    rules.LOAD: gettext_lazy("load %(a)s/%(b)s"),
    rules.TURN: gettext_lazy("it is their turn"),
    "supervisor": gettext_lazy("supervisor: nobody had taken it"),
}
WHY_NOT: dict[str, Any] = {
    rules.OUTSIDE: gettext_lazy("works for a provider"),
    rules.LEAVE: gettext_lazy("on leave"),
    rules.PRESENCE: gettext_lazy("not on duty: %(a)s"),
    rules.FULL: gettext_lazy("full: %(a)s/%(b)s"),
    rules.CHANNEL_FULL: gettext_lazy("no more of this channel: %(a)s/%(b)s"),
    rules.SKILL: gettext_lazy("has not the skill %(a)s, as others have"),
    rules.LANGUAGE: gettext_lazy("does not speak %(a)s, as others do"),
    rules.ENOUGH: gettext_lazy("spared: enough hard contacts today"),
    rules.LATER: gettext_lazy("others came first (place %(a)s)"),
}
COUNTED: dict[str, Any] = {
    rules.OUTSIDE: gettext_lazy("%(n)s of a provider"),
    rules.LEAVE: gettext_lazy("%(n)s on leave"),
    rules.PRESENCE: gettext_lazy("%(n)s not on duty"),
    rules.FULL: gettext_lazy("%(n)s full"),
    rules.CHANNEL_FULL: gettext_lazy("%(n)s with no room on this channel"),
    rules.SKILL: gettext_lazy("%(n)s without the skill"),
    rules.LANGUAGE: gettext_lazy("%(n)s without the language"),
    rules.ENOUGH: gettext_lazy("%(n)s who had enough hard contacts today"),
    rules.LATER: gettext_lazy("%(n)s further back"),
}

FIELDS: dict[str, Any] = {
    "order": gettext_lazy("What decides"),
    "only": gettext_lazy("A condition while somebody on duty fulfils it"),
    "offer_to": gettext_lazy("Offer to so many at once"),
    "limits": gettext_lazy("Most open contacts per colleague and channel"),
    "skills": gettext_lazy("Skills by kind of case"),
    "levels": gettext_lazy("Customer tiers"),
    "back": gettext_lazy("Minutes until it goes back to the team"),
    "up": gettext_lazy("Minutes until it goes up to the supervisors"),
    "service_hours": gettext_lazy("Count only the team's service hours"),
}


def field_value(value: Any) -> Any:
    """What decides, in words; other values as they are."""
    return [str(CRITERIA.get(one, one)) for one in value] if isinstance(value, list) else value


def why(reasons: Iterable[Sequence[Any]]) -> str:
    """ "knows the customer (3), speaks English, load 3/8"; empty for offers of before reasons were kept."""
    return pgettext("between reasons", ", ").join(
        filter(None, (_in_words(WHY, reason) for reason in reasons))
    )


def why_not(reason: Sequence[Any]) -> str:
    return _in_words(WHY_NOT, reason)


def _in_words(words: Mapping[str, Any], reason: Sequence[Any]) -> str:
    code, *values = reason
    a, b = [*map(str, values), "", ""][:2]
    if code == rules.LANGUAGE:
        a = str(dict(people.language_choices()).get(a, a))
    if code == rules.PRESENCE:
        a = str(dict(people.presence_choices()).get(a, a))
    return str(words[code]) % {"a": a, "b": b} if code in words else ""


def offered(data: Mapping[str, Any]) -> str:
    """One line of a case's story: to whom, because of what, and how many were not asked for what reason."""
    names, reasons = data.get("names"), data.get("why")
    if not names or not reasons:
        return _("Offered to free agents")
    parts = [
        _("%(name)s (%(why)s)") % {"name": name, "why": why(found)}
        for name, found in zip(names, reasons, strict=False)
    ]
    said = _("Offered to %(who)s") % {"who": pgettext("between people", "; ").join(parts)}
    passed = [
        str(COUNTED[code]) % {"n": n} for code, n in (data.get("passed") or {}).items() if code in COUNTED
    ]
    return (
        f"{said} · {_('not to: %(passed)s') % {'passed': pgettext('between reasons', ', ').join(passed)}}"
        if passed
        else said
    )


def passed_on(data: Mapping[str, Any]) -> str:
    if data["to"] == "supervisor":
        names = ", ".join(data.get("names") or [])
        return _("Nobody took it in time: it went up to %(names)s") % {"names": names}
    return _("Nobody took it in time: it went back to the whole team")
