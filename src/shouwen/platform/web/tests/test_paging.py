"""Key-set paging: every row once, in both directions, also with equal keys; and no cursor but ours."""

import base64
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest

from shouwen.kernel.errors import Invalid
from shouwen.platform.jobs.models import Job, Schedule
from shouwen.platform.web.paging import paginate, paginate_in_windows

AT = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
ORDER = ("-run_at", "-id")
pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> list[int]:
    """Ids of eleven jobs by ORDER; some have the same time."""
    times = [3, 1, 1, 1, 2, 2, 5, 5, 5, 5, 4]
    made = [Job.objects.create(name="x", run_at=AT + timedelta(minutes=m), created_at=AT).pk for m in times]
    return [pk for _time, pk in sorted(zip(times, made, strict=True), reverse=True)]


def walk(limit: int, order: tuple[str, ...] = ORDER) -> list[list[int]]:
    """The ids page by page, forward to the end."""
    pages = []
    cursor = None
    while True:
        page = paginate(Job.objects.all(), order=order, cursor=cursor, limit=limit)
        pages.append([row.pk for row in page.items])
        if (cursor := page.next_cursor) is None:
            return pages


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 10, 11, 50])
def test_every_row_comes_once_in_order(rows: list[int], limit: int) -> None:
    pages = walk(limit)
    assert list(chain(*pages)) == rows
    assert all(len(page) == limit for page in pages[:-1])


def test_mixed_directions_work_too(rows: list[int]) -> None:
    expected = list(Job.objects.order_by("-run_at", "id").values_list("pk", flat=True))
    assert list(chain(*walk(3, ("-run_at", "id")))) == expected


def test_the_way_back_shows_the_same_pages(rows: list[int]) -> None:
    forward = [paginate(Job.objects.all(), order=ORDER, limit=4)]
    while forward[-1].next_cursor:
        forward.append(paginate(Job.objects.all(), order=ORDER, cursor=forward[-1].next_cursor, limit=4))
    assert forward[0].previous_cursor is None
    page = forward[-1]
    for earlier in reversed(forward[:-1]):
        assert page.previous_cursor
        page = paginate(Job.objects.all(), order=ORDER, cursor=page.previous_cursor, limit=4)
        assert page.items == earlier.items
        assert page.next_cursor
    assert page.previous_cursor is None


def test_a_page_does_not_move_when_rows_come_before_it(rows: list[int]) -> None:
    first = paginate(Job.objects.all(), order=ORDER, limit=4)
    Job.objects.create(name="x", run_at=AT + timedelta(hours=1), created_at=AT)
    second = paginate(Job.objects.all(), order=ORDER, cursor=first.next_cursor, limit=4)
    assert [row.pk for row in second.items] == rows[4:8]


def test_an_empty_list_has_one_empty_page() -> None:
    page = paginate(Job.objects.all(), order=ORDER)
    assert (page.items, page.next_cursor, page.previous_cursor) == ([], None, None)


def test_a_page_is_one_statement(rows: list[int], django_assert_num_queries: object) -> None:
    cursor = paginate(Job.objects.all(), order=ORDER, limit=3).next_cursor
    with django_assert_num_queries(1):  # type: ignore[operator]
        paginate(Job.objects.all(), order=ORDER, cursor=cursor, limit=3)


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "====",
        "退款",
        "\x00",
        "e30",
        base64.urlsafe_b64encode(b'{"v":[1,2],"b":false}').decode(),
        "A" * 5000,
    ],
)
def test_a_forged_cursor_is_refused_by_name(rows: list[int], cursor: str) -> None:
    with pytest.raises(Invalid) as caught:
        paginate(Job.objects.all(), order=ORDER, cursor=cursor)
    assert caught.value.field == "cursor"


def test_a_changed_cursor_and_one_of_another_list_are_refused(rows: list[int]) -> None:
    cursor = paginate(Job.objects.all(), order=ORDER, limit=2).next_cursor
    assert cursor
    for wrong in (cursor[:-3] + "AAA", cursor[5:], cursor + "AAAA"):
        with pytest.raises(Invalid):
            paginate(Job.objects.all(), order=ORDER, cursor=wrong)
    with pytest.raises(Invalid):
        paginate(Schedule.objects.all(), order=("-next_at", "-id"), cursor=cursor)


@pytest.mark.parametrize("limit", [1, 2, 50])
@pytest.mark.parametrize("window", [1, 2, 3, 5, 11, 12])
def test_what_is_rare_comes_once_though_no_page_looks_at_more_than_a_window(
    rows: list[int], window: int, limit: int
) -> None:
    wanted = {rows[0], rows[4], rows[5], rows[10]}
    Job.objects.filter(pk__in=wanted).update(name="rare")
    rare, found, cursor, pages = Job.objects.filter(name="rare"), list[int](), None, 0
    while pages == 0 or cursor:
        page = paginate_in_windows(
            rare, Job.objects.all(), order=ORDER, cursor=cursor, limit=limit, window=window
        )
        places = [rows.index(row.pk) for row in page.items]
        assert not places or places[-1] - places[0] < window
        found += [row.pk for row in page.items]
        cursor, pages = page.next_cursor, pages + 1
    assert found == [pk for pk in rows if pk in wanted]
    assert pages <= len(rows) // window + 1 + len(wanted)
