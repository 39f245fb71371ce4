"""A connection that is kept from request to request: used while it lives, replaced when the server ended it."""

from typing import Any

import psycopg
import pytest
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the engine of PostgreSQL"),
]


@pytest.fixture
def kept() -> Any:
    """A connection as a web server keeps it, at the beginning of its next request."""
    connection.health_check_enabled = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    close_old_connections()
    yield number
    connection.health_check_enabled = False


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_living_connection_is_used_again_without_asking_the_server(kept: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert backend() == kept
    assert len(asked) == 1


def test_a_connection_that_the_server_ended_is_replaced_and_the_request_sees_nothing(kept: int) -> None:
    with psycopg.connect(**connection.get_connection_params() | {"autocommit": True}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [kept])
    assert backend() != kept


def test_one_that_was_idle_for_long_is_asked(kept: int) -> None:
    connection._used_at = float("-inf")
    seen: list[bool] = []
    usable = connection.is_usable
    connection.is_usable = lambda: seen.append(usable()) or seen[-1]
    try:
        assert backend() == kept
    finally:
        del connection.is_usable
    assert seen == [True]
