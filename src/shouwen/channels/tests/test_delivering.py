"""The outgoing queue: nothing is lost, and nothing goes out twice in silence."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from shouwen.channels import registry, rules, services, tasks
from shouwen.channels.models import Account, Attempt, Message
from shouwen.channels.registry import Outcome
from shouwen.channels.testing import AT, make_account, make_outbound
from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.platform.access import Actor
from shouwen.platform.jobs.models import Job
from shouwen.platform.ledger.models import Event

pytestmark = pytest.mark.django_db
LI = Actor(user_id=7, name="李", kind="staff", permissions=frozenset({"channels.tend_outgoing"}))
STRANGER = Actor(user_id=8, name="周", kind="staff")


def an_id(message: Message, account: Account) -> str:
    return f"<{message.pk}@desk.example>"


class Post(registry.Recorded):
    """A post office that does what a test tells it."""

    code = channel = "email"
    label = icon = ""
    delivers = True

    def __init__(self) -> None:
        self.carried: list[str] = []
        self.answer: Callable[[Callable[[], None]], Outcome] = self.accept

    def accept(self, on_data: Callable[[], None]) -> Outcome:
        on_data()
        return Outcome(rules.ACCEPTED)

    def deliver(self, message: Message, account: Account, on_data: Callable[[], None]) -> Outcome:
        self.carried.append(message.external_id)
        return self.answer(on_data)


@pytest.fixture
def post() -> Iterator[Post]:
    before = registry.get("email")
    made = Post()
    registry.register(made)
    make_account()
    yield made
    registry.register(before)


def run(message: Message) -> Message:
    tasks.deliver(message_id=message.pk)
    message.refresh_from_db()
    return message


def test_a_reply_is_delivered_once_and_said_so(post: Post) -> None:
    message = run(make_outbound())
    assert (message.delivery, message.attempts.get().outcome) == ("sent", "sent")
    assert message.delivered_at is not None
    assert run(message).attempts.count() == 1
    assert Event.objects.filter(name="channels.message_sent").count() == 1


def test_a_reply_waits_for_its_undo_time_and_can_be_taken_back(post: Post) -> None:
    from shouwen.platform.access import now

    message = make_outbound(at=now(), by=LI, undo_seconds=60)
    assert run(message).delivery == "queued"
    assert Job.objects.get(name="channels.deliver").run_at == message.undo_until
    with pytest.raises(Forbidden):
        services.cancel_send(message_id=message.pk, at=now(), by=STRANGER)
    services.cancel_send(message_id=message.pk, at=now(), by=LI)
    assert run(message).delivery == "none"
    assert post.carried == []


def test_it_is_too_late_to_undo_what_is_on_its_way(post: Post) -> None:
    message = run(make_outbound(by=LI))
    with pytest.raises(Refused):
        services.cancel_send(message_id=message.pk, at=AT, by=LI)


def test_a_server_that_says_later_is_asked_again_with_the_same_message_id(post: Post) -> None:
    post.answer = lambda on_data: Outcome(rules.TEMPORARY, "temporary: 451 grey-listed")
    message = run(make_outbound())
    assert message.delivery == "queued"
    assert message.deliver_at is not None
    assert Job.objects.filter(name="channels.deliver", run_at=message.deliver_at).exists()
    post.answer = post.accept
    assert run(message).delivery == "sent"
    assert len(set(post.carried)) == 1
    assert len(post.carried) == 2


def test_after_two_days_it_counts_as_not_delivered(post: Post) -> None:
    post.answer = lambda on_data: Outcome(rules.TEMPORARY, "451 full")
    message = make_outbound()
    for _try in range(len(rules.WAITS) + 1):
        run(message)
    assert (message.delivery, message.delivery_note) == ("failed", "gave_up: 451 full")
    assert Event.objects.filter(name="channels.delivery_failed").count() == 1


def test_a_refusal_for_good_is_not_tried_again(post: Post) -> None:
    post.answer = lambda on_data: Outcome(rules.PERMANENT, "permanent: 550 no such user")
    assert run(make_outbound()).delivery == "failed"
    assert len(post.carried) == 1


def test_a_crash_before_the_mail_was_handed_over_is_tried_again(post: Post) -> None:
    message = make_outbound()
    services.begin_attempt(message_id=message.pk, worker="gone|1|1", new_id=an_id, at=AT)
    services.sweep(is_dead=lambda worker: True, at=AT)
    message.refresh_from_db()
    assert (message.delivery, message.delivery_note) == ("queued", "crashed_early")
    assert run(message).delivery == "sent"


def test_a_crash_while_the_mail_was_handed_over_is_possibly_sent_and_never_repeated(post: Post) -> None:
    message = make_outbound()
    ticket = services.begin_attempt(message_id=message.pk, worker="gone|1|1", new_id=an_id, at=AT)
    assert ticket is not None
    services.note_data_stage(attempt_id=ticket.attempt_id)
    services.sweep(is_dead=lambda worker: True, at=AT)
    assert run(message).delivery == "maybe_sent"
    assert "may have it or not" in message.delivery_sentence or "可能" in str(message.delivery_sentence)
    assert post.carried == []
    assert Event.objects.filter(name="channels.delivery_maybe").count() == 1


def test_a_worker_on_another_host_is_given_its_time(post: Post) -> None:
    message = make_outbound()
    services.begin_attempt(message_id=message.pk, worker="elsewhere|1|1", new_id=an_id, at=AT)
    assert services.sweep(is_dead=lambda worker: False, at=AT + timedelta(minutes=1)) == 0
    assert services.sweep(is_dead=lambda worker: False, at=AT + rules.ATTEMPT_LEASE * 2) == 1


def test_certainty_replaces_a_possibly(post: Post) -> None:
    message = make_outbound()
    ticket = services.begin_attempt(message_id=message.pk, worker="slow|1|1", new_id=an_id, at=AT)
    assert ticket is not None
    services.note_data_stage(attempt_id=ticket.attempt_id)
    services.sweep(is_dead=lambda worker: True, at=AT)
    services.settle_attempt(attempt_id=ticket.attempt_id, outcome=rules.ACCEPTED, note="", at=AT)
    message.refresh_from_db()
    assert message.delivery == "sent"


def test_an_error_in_the_middle_of_handing_over_is_possibly_sent(post: Post) -> None:
    def breaks(on_data: Callable[[], None]) -> Outcome:
        on_data()
        raise ConnectionResetError

    post.answer = breaks
    assert run(make_outbound()).delivery == "maybe_sent"


def test_two_workers_do_not_deliver_the_same_message(post: Post) -> None:
    message = make_outbound()
    assert services.begin_attempt(message_id=message.pk, worker="a", new_id=an_id, at=AT) is not None
    assert services.begin_attempt(message_id=message.pk, worker="b", new_id=an_id, at=AT) is None
    assert Attempt.objects.count() == 1


def test_without_a_mailbox_a_message_is_held_back_until_a_person_sends_it(post: Post) -> None:
    Account.objects.all().delete()
    message = run(make_outbound())
    assert (message.delivery, message.delivery_note) == ("held", "no_account")
    make_account()
    services.sweep(is_dead=lambda worker: True, at=AT + timedelta(days=1))
    assert run(message).delivery == "held"
    assert services.retry_held(at=AT, by=LI) == 1
    assert run(message).delivery == "sent"


def test_a_person_may_send_again_to_a_mended_address(post: Post) -> None:
    post.answer = lambda on_data: Outcome(rules.PERMANENT, "permanent: 550")
    message = run(make_outbound())
    with pytest.raises(Forbidden):
        services.retry(message_id=message.pk, at=AT, by=STRANGER)
    services.retry(message_id=message.pk, to="right@customer.example", at=AT, by=LI)
    post.answer = post.accept
    assert run(message).delivery == "sent"
    assert message.address == "right@customer.example"


def test_a_possibly_sent_message_can_be_settled_by_asking(post: Post) -> None:
    message = make_outbound()
    Message.objects.filter(pk=message.pk).update(delivery="maybe_sent")
    assert services.mark_sent(message_id=message.pk, at=AT, by=LI).delivery == "sent"


@pytest.mark.parametrize(
    ("values", "field"), [({"text": " "}, "text"), ({"undo_seconds": 999}, "undo_seconds")]
)
def test_a_message_that_cannot_be_is_refused_naming_the_field(
    post: Post, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        make_outbound(**values)
    assert caught.value.field == field


def test_what_needs_no_delivery_is_only_recorded() -> None:
    note = services.record(
        subject=("case", 1), direction="internal", channel="internal", text="先查库存", at=AT, by=LI
    )
    called = services.send(
        subject=("case", 1), customer_id=1, to="", text="电话里说了", channel="phone", at=AT, by=LI
    )
    assert (note.delivery, called.delivery) == ("none", "none")
    assert note.conversation is None
    assert Job.objects.count() == 0


def test_what_lost_its_job_is_queued_again(post: Post) -> None:
    make_outbound()
    Job.objects.all().delete()
    services.sweep(is_dead=lambda worker: False, at=AT + timedelta(hours=1))
    assert Job.objects.filter(name="channels.deliver").count() == 1
