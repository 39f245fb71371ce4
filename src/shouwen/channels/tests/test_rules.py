"""Waits, crashes and verdicts, as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from shouwen.channels import reading, rules
from shouwen.channels.rules import Arrival

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("请看https://demo.example/x?b=1，谢谢", "https://demo.example/x?b=1", "，谢谢"),
        ("见《说明》：http://127.0.0.1:8000/help/15/", "http://127.0.0.1:8000/help/15/", ""),
        ("好www.demo.example。", "https://www.demo.example", "。"),
        ("(https://demo.example/ä).", "https://demo.example/ä", ")."),
    ],
)
def test_an_address_amid_chinese_is_a_link(text: str, address: str, after: str) -> None:
    shown = str(reading.paragraphs(text))
    assert f'<a href="{address}" ' in shown
    assert shown.endswith(f"</a>{after}")


def test_the_waits_make_about_two_days_and_grow() -> None:
    assert timedelta(hours=48) <= sum(rules.WAITS, timedelta()) <= timedelta(hours=72)
    assert list(rules.WAITS) == sorted(rules.WAITS)


@pytest.mark.parametrize(
    ("outcome", "attempts", "delivery"),
    [
        ("sent", 1, "sent"),
        ("temporary", 1, "queued"),
        ("temporary", len(rules.WAITS), "queued"),
        ("temporary", len(rules.WAITS) + 1, "failed"),
        ("permanent", 1, "failed"),
        ("unknown", 1, "maybe_sent"),
        ("no_account", 1, "held"),
    ],
)
def test_an_attempt_settles_a_message(outcome: str, attempts: int, delivery: str) -> None:
    assert rules.after_attempt(outcome, attempts=attempts, at=AT).delivery == delivery


@pytest.mark.parametrize(("stage", "outcome"), [("connecting", "temporary"), ("data", "unknown")])
def test_a_crash_is_certain_only_before_the_data(stage: str, outcome: str) -> None:
    assert rules.after_crash(stage) == outcome


@pytest.mark.parametrize(
    ("arrival", "result", "reason"),
    [
        (Arrival(), "", ""),
        (Arrival(auto="list"), "", ""),
        (Arrival(known=True, auto="bounce"), "duplicate", "same_message_id"),
        (Arrival(unreadable="empty"), "refused", "empty"),
        (Arrival(auto="bounce"), "bounce", "bounce"),
        (Arrival(auto="auto_reply"), "auto_reply", "auto_reply"),
        (Arrival(own=True), "refused", "own_address"),
        (Arrival(own=True, threaded=True), "refused", "own_address"),
        (Arrival(auto="loop"), "refused", "loop_header"),
        (Arrival(recent=19), "", ""),
        (Arrival(recent=20), "refused", "too_many"),
        (Arrival(recent=20, threaded=True), "auto_reply", "too_many"),
        (Arrival(recent=99, auto="auto_reply", forced=True), "", ""),
    ],
)
def test_a_mail_is_judged(arrival: Arrival, result: str, reason: str) -> None:
    assert rules.judge(arrival) == rules.Verdict(result, reason)


def test_a_file_counts_by_its_own_date_unless_that_lies_ahead() -> None:
    past, ahead = AT - timedelta(days=9), AT + timedelta(days=9)
    assert rules.arrived_at(past, AT, live=False) == past
    assert rules.arrived_at(ahead, AT, live=False) == AT
    assert rules.arrived_at(past, AT, live=True) == AT
    assert rules.arrived_at(None, AT, live=False) == AT
