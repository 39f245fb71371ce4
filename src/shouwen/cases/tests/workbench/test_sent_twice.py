"""A form sent twice, one after the other or in the same moment, does its work once."""

import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils.html import escape

from shouwen.cases.models import Case
from shouwen.channels.models import Message
from shouwen.promises.models import Promise


@pytest.fixture(autouse=True)
def _nothing_sent_yet() -> None:
    cache.clear()


SENT = {"csrfmiddlewaretoken": "one page's token"}


def _replies(case: Case) -> int:
    return Message.objects.filter(subject_id=case.pk, direction="outbound").count()


def test_a_reply_clicked_twice_goes_out_once_and_is_answered_alike(at_work: Client, case: Case) -> None:
    form = {**SENT, "text": "您好，备件今天发出。"}
    answers = [at_work.post(f"/cases/{case.reference}/replies/", form) for _click in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, f"/cases/{case.reference}/")] * 2
    assert _replies(case) == 1


def test_the_same_words_from_a_page_opened_anew_are_meant(at_work: Client, case: Case) -> None:
    for token in ("one page's token", "another page's token"):
        form = {"csrfmiddlewaretoken": token, "text": "您好，备件今天发出。"}
        at_work.post(f"/cases/{case.reference}/replies/", form)
    assert _replies(case) == 2


def test_who_goes_back_and_forth_on_one_page_is_followed_each_time(at_work: Client, case: Case) -> None:
    for words in ("收到。", "稍等。", "收到。"):
        at_work.post(f"/cases/{case.reference}/replies/", {**SENT, "text": words})
    assert _replies(case) == 3


def test_what_was_refused_may_be_sent_again_at_once(at_work: Client, case: Case) -> None:
    form = {**SENT, "text": "明天上午回电", "due_at": "2020-01-01T10:00"}
    for _click in range(2):
        answer = at_work.post(f"/cases/{case.reference}/promises/", form)
        assert (answer.status_code, escape(form["text"]) in answer.content.decode()) == (422, True)
    assert Promise.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_three_clicks_in_one_moment_send_one_reply(at_work: Client, case: Case) -> None:
    answers: list[Any] = []
    gate = threading.Barrier(3)

    def click() -> None:
        gate.wait()
        try:
            answers.append(at_work.post(f"/cases/{case.reference}/replies/", {**SENT, "text": "收到。"}))
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _one in range(3)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert [one.status_code for one in answers] == [302] * 3
    assert _replies(case) == 1
