"""What was typed, as a question to the table: the words of filters looked up, the conditions put on the rows."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone, translation

from shouwen.cases.models import ACTIVE, Case, State, Task
from shouwen.cases.queries.feelings import LEVELS
from shouwen.cases.queries.kinds import kinds
from shouwen.cases.queries.labels import CHANNELS
from shouwen.cases.rules import asking
from shouwen.cases.rules.asking import Asked, Condition, Span
from shouwen.channels import queries as channels
from shouwen.customers import queries as customers
from shouwen.kernel.errors import Invalid
from shouwen.kernel.text import pinyin
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.platform.search import queries as search
from shouwen.promises import queries as promises

Rows = QuerySet[Case]
MOST_CUSTOMERS = 50
NEWEST_TAGGED = 300
SIGNS = frozenset(":：-－")  # without one of them a text is words and nothing else
MOMENTS = {"opened": "opened_at", "changed": "last_at", "due": "due_at"}


def understood(text: str, at: datetime) -> Asked:
    """What `text` asks for. Only the filters it names are looked up."""
    text = text.strip()
    if not SIGNS.intersection(text):
        return Asked(text, text[: asking.LONGEST])
    return asking.understood(text, known, timezone.localtime(at).date())


def strictly(text: str, at: datetime) -> Asked:
    """The same for programs: what can't be understood is refused."""
    asked = understood(text, at)
    for mistake in asked.mistakes:
        raise Invalid(sentence(mistake), field="q")
    return asked


def sentence(mistake: asking.Mistake) -> str:
    """Which word is wrong, and what would be right."""
    words = {"said": mistake.said, "nearest": mistake.nearest}
    if mistake.nearest:
        return translation.gettext("“%(said)s” is not known. Did you mean “%(nearest)s”?") % words
    said = {
        "empty": translation.gettext("“%(said)s” needs a value behind the colon."),
        "day": translation.gettext(
            "“%(said)s” names no day. Write for example 2026-11-01, >2026-11-01 or today."
        ),
    }.get(mistake.reason, translation.gettext("“%(said)s” fits nothing that is known."))
    return said % words


def known(field: str) -> Mapping[str, tuple[str, ...]]:
    """The organisation's own words for a filter, in both languages; people also as they are typed in pinyin."""
    return WORDS[field]() if field in WORDS else {}


def _both(choices: Iterable[tuple[Any, Any]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for code, label in choices:
                found[str(code)] = (*found.get(str(code), ()), str(label))
    return found


def _spelt(name: str) -> tuple[str, ...]:
    """A name and how it is typed: whole and by its initials."""
    return (name, *pinyin(name).split()[:2])


def suggestions(text: str, actor: Actor) -> list[asking.Suggestion]:
    """What could come next in `text`, in the language of the screen."""

    def texts(field: str, begun: str) -> list[str]:
        if field == "tag":
            return _tags(begun)
        if not begun or not actor.can("customers.see"):
            return []
        return list(dict.fromkeys(one.name for one in customers.lookup(begun, asking.MOST)))

    english = not (translation.get_language() or "zh").startswith("zh")
    return asking.suggestions(text, known, english=english, texts=texts)


def filter_words_of(field: str, *, english: bool) -> list[str]:
    """The words a filter takes, for the help; of people and teams nobody lists all."""
    if field in {"owner", "team"}:
        names = [words[1 if english else 0] for words in asking.FILTERS[field].words.values()]
    else:
        words = asking.vocabulary(asking.FILTERS[field], known)
        names = [one[1 if english and len(one) > 1 else 0] for one in words.values()]
    return [f'"{name}"' if set(" ,，") & set(name) else name for name in names]


def _tags(begun: str) -> list[str]:
    """Tags of the newest cases, those used most first."""
    used = Counter(
        tag for (tags,) in Case.objects.order_by("-id").values_list("tags")[:NEWEST_TAGGED] for tag in tags
    )
    return [tag for tag, _n in used.most_common() if tag.casefold().startswith(begun.casefold())][
        : asking.MOST
    ]


WORDS: Mapping[str, Callable[[], Mapping[str, tuple[str, ...]]]] = {
    "state": lambda: _both(State.choices),
    "channel": lambda: _both(CHANNELS.items()),
    "emotion": lambda: _both(LEVELS),
    "kind": lambda: {code: (kind.name, kind.name_en) for code, kind in kinds().items()},
    "team": lambda: {str(team.pk): _spelt(team.name) for team in people.teams()},
    "owner": lambda: {str(person.pk): _spelt(person.name) for person in people.active_staff()},
}


def narrowed(rows: Rows, asked: Asked, actor: Actor, at: datetime) -> Rows:
    """Only rows that meet every condition; of one filter said several times any will do. Words wanted are not looked
    for here, since they are found from their own index."""
    either: dict[str, Q] = defaultdict(Q)
    for one in asked.conditions:
        meets = _meets(one, actor, at)
        if one.negated:
            rows = rows.exclude(meets)
        elif one.days is not None or one.field == "tag":
            rows = rows.filter(meets)
        else:
            either[one.field] |= meets
    if not asked.words and (held := search.holding("case", asked.unwanted)):
        rows = rows.exclude(pk__in=held)
    return rows.filter(*either.values()) if either else rows


def _meets(one: Condition, actor: Actor, at: datetime) -> Q:
    if one.days is not None:
        return _within(MOMENTS[one.field], one.days)
    if one.field in PLAIN:
        return Q(**{f"{PLAIN[one.field]}__in": one.values})
    return _ASKED[one.field](one.values, actor, at)


def _within(column: str, days: Span) -> Q:
    meets = Q(**{f"{column}__isnull": False})
    if days.since is not None:
        meets &= Q(**{f"{column}__gte": _midnight(days.since)})
    if days.until is not None:
        meets &= Q(**{f"{column}__lt": _midnight(days.until)})
    return meets


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _state(values: tuple[str, ...], actor: Actor, at: datetime) -> Q:
    meets = Q(state__in=[value for value in values if value not in {"active", "ended"}])
    if "active" in values:
        meets |= Q(active=True)
    if "ended" in values:
        meets |= Q(state__in=[state for state in State if state not in (*ACTIVE, State.RESOLVED)])
    return meets


def _owner(values: tuple[str, ...], actor: Actor, at: datetime) -> Q:
    ids = {int(value) for value in values if value.isdecimal()}
    if "me" in values and actor.user_id is not None:
        ids.add(actor.user_id)
    return Q(owner_id__in=ids) | (Q(owner=None) if "none" in values else Q(pk__in=()))


def _team(values: tuple[str, ...], actor: Actor, at: datetime) -> Q:
    ids = {int(value) for value in values if value.isdecimal()}
    if "mine" in values:
        ids |= actor.team_ids
    return Q(team_id__in=ids) | (Q(team=None) if "none" in values else Q(pk__in=()))


def _customer(values: tuple[str, ...], actor: Actor, at: datetime) -> Q:
    return Q(customer_id__in={pk for one in values for pk in _customers(one)})


def _customers(text: str) -> Iterable[int]:
    """Customers who are called so; who only has the word somewhere on their page is meant when nobody is."""
    ids = customers.found_ids(text, limit=MOST_CUSTOMERS)
    if text.isascii():  # numbers, addresses and pinyin stand in no name
        return ids
    return [pk for pk, name in customers.names(ids).items() if text in name] or ids


def _tag(values: tuple[str, ...], actor: Actor, at: datetime) -> Q:
    meets = Q()
    for value in values:
        meets |= tagged(value)
    return meets


def tagged(tag: str) -> Q:
    """Rows with the tag. PostgreSQL says its JSON in letters, SQLite keeps it as it was written: escaped."""
    quoted = f'"{tag}"' if connection.vendor == "postgresql" else json.dumps(tag)
    return Q(tags__icontains=quoted)


def _promise(values: tuple[str, ...], actor: Actor, at: datetime) -> Q:
    until = _midnight(timezone.localtime(at).date() + timedelta(days=1))
    meets = Q()
    for value in values:
        sort = "any" if value == "none" else value
        ids = promises.subjects_with("case", sort, at=at, until=until)
        meets |= ~Q(pk__in=ids) if value == "none" else Q(pk__in=ids)
    return meets


def _has(values: tuple[str, ...], actor: Actor, at: datetime) -> Q:
    meets = Q()
    for value in values:
        meets |= _HELD[value](at)
    return meets


_HELD: Mapping[str, Callable[[datetime], Q]] = {
    "attachment": lambda at: Q(Exists(channels.with_attachment("case").filter(subject_id=OuterRef("pk")))),
    "promise": lambda at: Q(pk__in=promises.subjects_with("case", "any", at=at, until=at)),
    "task": lambda at: Q(Exists(Task.objects.filter(case_id=OuterRef("pk")))),
    "escalation": lambda at: Q(escalation_level__gt=0),
    "tag": lambda at: ~Q(tags=[]),
    "asset": lambda at: Q(asset__isnull=False),
}
PLAIN = {"channel": "channel", "kind": "kind", "tier": "tier", "priority": "priority", "emotion": "emotion"}
_ASKED: Mapping[str, Callable[[tuple[str, ...], Actor, datetime], Q]] = {
    "state": _state,
    "owner": _owner,
    "team": _team,
    "customer": _customer,
    "tag": _tag,
    "promise": _promise,
    "has": _has,
}
