"""What this machine can do at best on PostgreSQL, by the bare driver: the yardstick of every figure."""

import os
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg

from bench.fill import World
from bench.timing import figures

CASE = "subject text, kind text, state text, customer_id bigint, owner_id bigint, opened_at timestamptz, last_words text"
MESSAGE = "case_id bigint, direction text, author text, body text, at timestamptz"
BODY = "客户来信说设备保养之后启动困难，现场照片已附，请安排工程师查看并告知时间。" * 2


def connect() -> "psycopg.Connection[Any]":
    return psycopg.connect(os.environ["SHOUWEN_DATABASE_URL"], autocommit=True, prepare_threshold=2)


def _tables() -> None:
    with connect() as found:
        found.execute("DROP TABLE IF EXISTS bench_message")
        found.execute("DROP TABLE IF EXISTS bench_case")
        found.execute(f"CREATE TABLE bench_case (id bigserial PRIMARY KEY, {CASE})")
        found.execute(f"CREATE TABLE bench_message (id bigserial PRIMARY KEY, {MESSAGE})")
        found.execute("CREATE INDEX ON bench_message (case_id)")


def _insert(found: "psycopg.Connection[Any]") -> None:
    with found.transaction():
        row = found.execute(
            "INSERT INTO bench_case (subject, kind, state, customer_id, owner_id, opened_at, last_words) "
            "VALUES (%s, %s, %s, %s, %s, now(), %s) RETURNING id",
            ("设备保养后启动困难", "repair", "new", 1, 1, BODY[:120]),
        ).fetchone()
        found.execute(
            "INSERT INTO bench_message (case_id, direction, author, body, at) VALUES (%s, %s, %s, %s, now())",
            (row[0], "inbound", "客户", BODY),  # type: ignore[index]
        )


def _timed(
    act: Callable[["psycopg.Connection[Any]", int], object], clients: int, seconds: float
) -> dict[str, float]:
    spent: list[float] = []
    end = time.monotonic() + seconds

    def run() -> None:
        with connect() as found:
            n = 0
            while time.monotonic() < end:
                began = time.perf_counter()
                act(found, n)
                spent.append(time.perf_counter() - began)
                n += 1

    began = time.monotonic()
    threads = [threading.Thread(target=run) for _n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return figures(spent, time.monotonic() - began)


def measure(world: World, seconds: float) -> dict[str, Any]:
    _tables()
    page = (
        "SELECT id, subject_line, kind, state, owner_id, customer_id, last_at, last_words, due_at FROM cases_case "
        "WHERE active ORDER BY last_at DESC, id DESC LIMIT 25"
    )
    case = "SELECT * FROM cases_case WHERE id = %s"
    said = "SELECT * FROM channels_message WHERE subject_kind = 'case' AND subject_id = %s ORDER BY id"

    def open_one(found: "psycopg.Connection[Any]", n: int) -> None:
        pk = world.long_ids[n % len(world.long_ids)]
        found.execute(case, (pk,)).fetchall()
        found.execute(said, (pk,)).fetchall()

    return {
        "raw insert, 1 client": _timed(lambda found, n: _insert(found), 1, seconds),
        "raw insert, 8 clients": _timed(lambda found, n: _insert(found), 8, seconds),
        "raw page": _timed(lambda found, n: found.execute(page).fetchall(), 1, seconds),
        "raw open": _timed(open_one, 1, seconds),
    }
