"""Two rounds of the tick at once do everything once."""

import threading

import pytest
from django.db import connection

from shouwen.platform.ledger.models import Event
from shouwen.promises import services
from shouwen.promises.models import Promise
from shouwen.promises.testing import AT, a_promise, forget

PROMISES = 120
ROUNDS = 3


@pytest.mark.django_db(transaction=True)
def test_rounds_that_run_at_once_break_each_promise_once() -> None:
    forget()
    for number in range(PROMISES):
        a_promise(subject=("case", number), minutes=5 + number / 10)
    start = threading.Barrier(ROUNDS)
    faults: list[BaseException] = []

    def one_round() -> None:
        try:
            start.wait()
            services.tick(AT.replace(hour=3))
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one_round) for _ in range(ROUNDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    services.tick(AT.replace(hour=3))
    assert Promise.objects.filter(state="broken").count() == PROMISES
    assert Event.objects.filter(name="promises.broken").count() == PROMISES


@pytest.mark.django_db
def test_a_round_with_nothing_to_do_asks_three_questions(django_assert_num_queries: object) -> None:
    a_promise(minutes=600)
    with django_assert_num_queries(3):  # type: ignore[operator]
        services.tick(AT)
