"""Fill a database with cases in bulk: one prepared row as a pattern, varied column by column.

Nothing of it goes through services: a million cases in a minute or two are wanted, not their side effects. What
lists and pages read is all there: customers, contacts, cases, conversations, messages, clocks, events, the index.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from shouwen.cases.models import Case
from shouwen.channels.models import Conversation, Message
from shouwen.customers.models import ContactPoint, Customer
from shouwen.people import services as people
from shouwen.platform.access import SYSTEM
from shouwen.platform.apikit.services import create_token
from shouwen.platform.ledger.models import Event, EventSubject
from shouwen.platform.search.registry import Doc
from shouwen.platform.search.services import words_of
from shouwen.promises.models import Calendar, Clock

AGENTS = 20
LONG_EVERY = 100  # each hundredth case has 20 messages, the others two
LONG, SHORT = 20, 2
BATCH = 5_000
COMPLAINTS = 10  # each tenth case is one
WORDS = 100  # each text holds one of so many words: a word hits one case in a hundred


@dataclass(frozen=True)
class World:
    """What the measuring needs to know of what was filled in."""

    size: int
    token: str
    cookie: str
    agent_id: int
    long_ids: tuple[int, ...]
    incident_id: int  # the newest of those with 200 cases


def texts() -> list[str]:
    """A hundred texts; one says 退款, one says refund, all others say neither."""
    made = []
    for n in range(WORDS):
        word = "退款" if n == 7 else "refund" if n == 8 else f"编号{n:03d}"
        made.append(
            f"客户来信说设备第{n}次保养之后启动困难，{word}，现场照片已附，请安排工程师查看并告知时间。"
        )
    return made


class Pattern:
    """Rows of one model: the columns of one prepared instance, some of them varied by row."""

    def __init__(self, instance: models.Model, varied: list[str]) -> None:
        self.fields = list(instance._meta.concrete_fields)
        self.table = instance._meta.db_table
        self.columns = [f.column for f in self.fields]
        self.base = [f.get_db_prep_save(getattr(instance, f.attname), connection) for f in self.fields]
        names = [f.attname for f in self.fields]
        self.at = [names.index(name) for name in varied]

    def row(self, values: tuple[Any, ...]) -> list[Any]:
        row = list(self.base)
        for position, value in zip(self.at, values, strict=True):
            row[position] = value
        return row

    def write(self, rows: Iterable[tuple[Any, ...]]) -> None:
        made = (self.row(values) for values in rows)
        names = ", ".join(f'"{column}"' for column in self.columns)
        if connection.vendor == "postgresql":
            with (
                connection.cursor() as cursor,
                cursor.copy(f"COPY {self.table} ({names}) FROM STDIN") as copy,
            ):
                for row in made:
                    copy.write_row([_plain(value) for value in row])
            return
        places = ", ".join(["?"] * len(self.columns))
        with transaction.atomic():
            raw = connection.connection
            while batch := list(islice(made, BATCH)):
                raw.executemany(f"INSERT INTO {self.table} ({names}) VALUES ({places})", batch)


def _plain(value: Any) -> Any:
    """COPY takes text: JSON comes wrapped by the driver, everything else as it is."""
    wrapped = getattr(value, "obj", None)
    if wrapped is not None or type(value).__name__ in {"Jsonb", "Json"}:
        import json

        return json.dumps(wrapped)
    return value


def moment(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def people_and_token() -> tuple[list[int], str, str, list[int]]:
    at = timezone.now()
    team = people.create_team(name="Bench", at=at, by=SYSTEM)
    ids = [
        people.hire(
            username=f"agent{n}",
            name=f"Agent {n}",
            roles=["agent", "supervisor"],
            teams=[team],
            hashed="!",
            at=at,
            by=SYSTEM,
        ).id
        for n in range(AGENTS)
    ]
    scopes = ["cases:read", "cases:write"]
    _token, secret = create_token(username="agent0", scopes=scopes, at=at, by=SYSTEM)
    return ids, secret, _cookie(ids[0]), [team.pk]


def _cookie(user_id: int) -> str:
    """A signed-in session, as the sign-in page would make it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore

    from shouwen.platform.accounts.models import User

    user = User.objects.get(pk=user_id)
    session = SessionStore()
    session[SESSION_KEY] = str(user_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def fill(size: int) -> World:
    agents, token, cookie, teams = people_and_token()
    now = datetime.now(UTC).replace(microsecond=0)
    when: Callable[[int], datetime] = lambda n: now - timedelta(seconds=30 * (size - n))  # noqa: E731
    _customers(size, now)
    Event.objects.all().delete()  # of hiring; the filled ones begin at 1
    said = texts()
    _cases(size, agents, teams[0], said, when)
    _messages(size, said, when)
    _clocks(size, when)
    _events(size, when)
    _index(size, said)
    from bench import complaints  # it builds on the patterns of this module

    incident_id = complaints.fill(size, agents, when)
    _settle(complaints.FILLED)
    long_ids = tuple(range(LONG_EVERY, size + 1, LONG_EVERY))
    return World(size, token, cookie, agents[0], long_ids[-2000:], incident_id)


def _customers(size: int, now: datetime) -> None:
    count = max(size // 10, 1)
    customer = Customer(name="", created_at=now, last_contact_at=now, spelling="kehu", initials="kh")
    Pattern(customer, ["id", "name"]).write((n, f"客户{n}") for n in range(1, count + 1))
    contact = ContactPoint(
        customer_id=1, kind="email", value="", normalised="", backwards="", primary=True, created_at=now
    )
    names = ["id", "customer_id", "value", "normalised", "backwards"]
    mails = ((n, f"c{n}@example.com") for n in range(1, count + 1))
    Pattern(contact, names).write((n, n, mail, mail, mail[::-1]) for n, mail in mails)


def _cases(size: int, agents: list[int], team: int, said: list[str], when: Callable[[int], datetime]) -> None:
    case = Case(
        subject_line="", kind="repair", channel="email", customer_id=1, state="open", owner_id=agents[0],
        team_id=team, opened_at=when(1), last_at=when(1), due_sort="solution", message_count=2,
    )  # fmt: skip
    names = [
        "id",
        "subject_line",
        "customer_id",
        "owner_id",
        "last_words",
        "opened_at",
        "last_at",
        "due_at",
        "state",
        "active",
        "kind",
    ]
    customers = max(size // 10, 1)

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(1, size + 1):
            at = when(n)
            stamp, due = moment(at), moment(at + timedelta(days=3))
            open_ = n % 5 == 0 or n > size - 2000
            state = "open" if open_ else "unconfirmed"
            text = said[n % WORDS]
            yield (
                n,
                f"设备保养后启动困难 {n}",
                n % customers + 1,
                agents[n % AGENTS],
                text[:120],
                stamp,
                stamp,
                due,
                state,
                open_,
                "complaint" if n % COMPLAINTS == 0 else "repair",
            )

    Pattern(case, names).write(rows())


def lengths(size: int) -> Iterator[tuple[int, int]]:
    for n in range(1, size + 1):
        yield n, LONG if n % LONG_EVERY == 0 else SHORT


def _messages(size: int, said: list[str], when: Callable[[int], datetime]) -> None:
    at = when(1)
    conversation = Conversation(
        channel="email", customer_id=1, subject_kind="case", subject_id=1, started_at=at
    )
    customers = max(size // 10, 1)
    names = ["id", "customer_id", "subject_id"]
    Pattern(conversation, names).write((n, n % customers + 1, n) for n in range(1, size + 1))
    message = Message(
        conversation_id=1, subject_kind="case", subject_id=1, direction="inbound", channel="email",
        author_kind="customer", author_id=1, author_name="客户", address="c1@example.com", title="设备", text="", at=at,
    )  # fmt: skip
    varied = ["id", "conversation_id", "subject_id", "direction", "author_kind", "text", "at"]

    def rows() -> Iterator[tuple[Any, ...]]:
        pk = 0
        for n, length in lengths(size):
            stamp = moment(when(n))
            for k in range(length):
                pk += 1
                ours = k % 2
                yield (
                    pk,
                    n,
                    n,
                    "outbound" if ours else "inbound",
                    "staff" if ours else "customer",
                    said[n % WORDS] * 2,
                    stamp,
                )

    Pattern(message, varied).write(rows())


def _clocks(size: int, when: Callable[[int], datetime]) -> None:
    calendar = Calendar.objects.order_by("-default", "pk").first()
    at = when(1)
    clock = Clock(
        subject_kind="case", subject_id=1, sort="solution", started_at=at, counted_from=at, target_seconds=86_400,
        calendar=calendar, due_at=at, state="met", settled_at=at,
    )  # fmt: skip
    names = ["id", "subject_id", "sort", "due_at", "state"]

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(1, size + 1):
            due = moment(when(n) + timedelta(days=3))
            yield (2 * n - 1, n, "first_reply", due, "met")
            yield (2 * n, n, "solution", due, "met" if n % 5 else "running")

    Pattern(clock, names).write(rows())


def _events(size: int, when: Callable[[int], datetime]) -> None:
    event = Event(
        name="cases.opened", at=when(1), by_kind="customer", by_id=1, by_name="客户",
        data={"case_id": 1, "kind": "repair", "channel": "email", "customer_id": 1}, topics=["inbox"],
    )  # fmt: skip
    Pattern(event, ["id", "at"]).write((n, moment(when(n))) for n in range(1, size + 1))
    subject = EventSubject(event_id=1, kind="case", subject_id=1)
    customers = max(size // 10, 1)

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(1, size + 1):
            yield (2 * n - 1, n, "case", n)
            yield (2 * n, n, "customer", n % customers + 1)

    Pattern(subject, ["id", "event_id", "kind", "subject_id"]).write(rows())


def _index(size: int, said: list[str]) -> None:
    words = [words_of(Doc(title="设备保养后启动困难", body=text)) for text in said]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE bench_words (k int, words tsvector)")
            cursor.executemany(
                "INSERT INTO bench_words VALUES (%s, to_tsvector('simple', %s))", list(enumerate(words))
            )
            cursor.execute(
                "INSERT INTO search_case (id, words) SELECT n, w.words FROM generate_series(1, %s) n "
                "JOIN bench_words w ON w.k = n %% %s ORDER BY n",  # in the order in which cases come
                [size, WORDS],
            )
        return
    with transaction.atomic():
        rows = ((n, words[n % WORDS]) for n in range(1, size + 1))
        while batch := list(islice(rows, BATCH)):
            connection.connection.executemany("INSERT INTO search_case (rowid, words) VALUES (?, ?)", batch)


def _settle(more: Iterable[type[models.Model]]) -> None:
    """Numbers go on after the filled ones, and the planner knows what is there."""
    from django.core.management.color import no_style

    filled: list[type[models.Model]] = [
        Customer,
        ContactPoint,
        Case,
        Conversation,
        Message,
        Clock,
        Event,
        EventSubject,
        *more,
    ]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    if connection.vendor == "postgresql":
        connection.set_autocommit(True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
