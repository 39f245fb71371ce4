"""Writing on a case with plain forms, as a browser without JavaScript sends them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shouwen.cases import services
from shouwen.cases.models import Case, Draft
from shouwen.cases.testing import AT, a_case
from shouwen.channels import queries as channels
from shouwen.people.models import Staff
from shouwen.people.testing import a_department, a_person, as_actor
from shouwen.platform.access import SYSTEM, now
from shouwen.promises import queries as promises
from shouwen.promises import services as standing

HTMX = {"hx-request": "true"}
KEPT = (
    "state",
    "awaiting",
    "first_replied_at",
    "message_count",
    "last_at",
    "last_words",
    "due_at",
    "due_sort",
)


def here(moment: datetime) -> str:
    """As a browser in Shanghai gives a time."""
    return moment.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%dT%H:%M")


def send(client: Client, case: Case, noun: str, /, **fields: Any) -> Any:
    return client.post(f"/cases/{case.reference}/{noun}/", fields)


def test_a_reply_goes_out_with_its_promise_and_attachment(at_work: Client, case: Case) -> None:
    due = now() + timedelta(minutes=30)
    photo = SimpleUploadedFile("报价.txt", b"100", content_type="text/plain")
    sent = send(
        at_work, case, "replies", text="您好，30分钟内给您回电。",
        promise_text=["30分钟内给您回电"], promise_due=[due.isoformat()], attachments=photo,
    )  # fmt: skip
    assert sent.headers["Location"] == f"/cases/{case.reference}/"
    message = channels.messages_of(case.subject)[-1]
    assert [one.file.name for one in message.attachments.all()] == ["报价.txt"]
    assert [(one.text, one.due_at, one.message_id) for one in promises.open_for(case.subject)] == [
        ("30分钟内给您回电", due, message.pk)
    ]
    assert "30分钟内给您回电" in at_work.get(sent.headers["Location"]).content.decode()


def test_htmx_gets_the_case_in_place_with_undo(at_work: Client, case: Case) -> None:
    part = at_work.post(f"/cases/{case.reference}/replies/", {"text": "收到"}, headers=HTMX)
    assert (part.status_code, part["HX-Retarget"], part["HX-Trigger"]) == (200, "#detail", "case-written")
    assert "/undoing/" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_undo_brings_the_text_back_and_withdraws_the_promise(
    at_work: Client, anna: Staff, case: Case
) -> None:
    given = [services.PromiseGiven("回电", now() + timedelta(hours=1))]
    message = services.reply(
        case_id=case.pk, text="稍后回电", given=given, undo_seconds=60, at=now(), by=as_actor(anna)
    )
    page = at_work.post(
        f"/cases/{case.reference}/replies/{message.pk}/undoing/", follow=True
    ).content.decode()
    assert "稍后回电</textarea>" in page
    assert promises.open_for(case.subject) == []
    assert channels.message(message.pk).delivery == "none"
    case.refresh_from_db()
    assert case.awaiting == "us"


def test_undo_comes_too_late_once_the_seconds_are_over(at_work: Client, anna: Staff, case: Case) -> None:
    message = services.reply(case_id=case.pk, text="x", undo_seconds=5, at=AT, by=as_actor(anna))
    assert at_work.post(f"/cases/{case.reference}/replies/{message.pk}/undoing/").status_code == 409


def test_an_empty_reply_comes_back_with_a_sentence_and_keeps_the_rest(at_work: Client, case: Case) -> None:
    again = send(at_work, case, "replies", text="  ", waiting="1")
    assert again.status_code == 422
    assert 'class="errors"' in again.content.decode()


def test_a_promise_without_its_time_is_refused(at_work: Client, case: Case) -> None:
    again = send(at_work, case, "replies", text="回电", promise_text=["回电"], promise_due=[])
    assert again.status_code == 422
    assert "回电</textarea>" in again.content.decode()
    assert channels.messages_of(case.subject)[-1].direction == "inbound"


def test_a_note_stays_among_ourselves(at_work: Client, case: Case) -> None:
    send(at_work, case, "notes", text="客户很急")
    note = channels.messages_of(case.subject)[-1]
    assert (note.direction, note.delivery) == ("internal", "none")


def test_a_draft_that_arrives_after_its_reply_was_sent_is_none(
    at_work: Client, anna: Staff, case: Case
) -> None:
    """Leaving the field saves, and the same click sends: the two cross on their way."""
    assert send(at_work, case, "replies", text="您好，配件已寄出。").status_code in (200, 302)
    assert send(at_work, case, "drafts/reply", text="您好，配件已寄出。").status_code == 204
    assert not Draft.objects.exists()
    assert send(at_work, case, "drafts/reply", text="您好，配件已寄出，另外").status_code == 204
    assert Draft.objects.exists()


def test_a_draft_is_kept_for_me_alone_and_gone_once_sent(at_work: Client, anna: Staff, case: Case) -> None:
    assert send(at_work, case, "drafts/reply", text="还没写完").status_code == 204
    assert "还没写完</textarea>" in at_work.get(f"/cases/{case.reference}/").content.decode()
    send(at_work, case, "replies", text="写完了")
    assert not Draft.objects.exists()


def test_the_check_underlines_and_finds_promises_with_times(at_work: Client, case: Case) -> None:
    text = "😀没办法。明天上午10点前给您回电。"
    said = send(at_work, case, "reply-check", text=text).json()
    taboo = next(one for one in said["remarks"] if one["sort"] == "taboo")
    assert (taboo["matched"], taboo["start"]) == ("没办法", 2)  # the face counts twice in a browser
    assert taboo["better"]
    (found,) = said["promises"]
    assert found["local"].endswith("T10:00")
    assert (
        text.encode("utf-16-le")[found["start"] * 2 : found["end"] * 2].decode("utf-16-le") == found["text"]
    )


def test_what_the_customer_said_on_the_phone_is_written_down(at_work: Client, case: Case) -> None:
    send(at_work, case, "contacts", channel="phone", direction="inbound", text="还没修好")
    said = channels.messages_of(case.subject)[-1]
    assert (said.direction, said.channel, said.text) == ("inbound", "phone", "还没修好")


@pytest.mark.parametrize("left_out", ["to", "reason", "summary"])
def test_a_cold_transfer_is_not_possible(at_work: Client, anna: Staff, case: Case, left_out: str) -> None:
    bo = a_person("agent")
    given = {"to": bo.id, "reason": "休假", "summary": "铲斗开裂，照片已收，等技术部报价"}
    again = send(
        at_work, case, "handoffs", **{name: value for name, value in given.items() if name != left_out}
    )
    case.refresh_from_db()
    assert (again.status_code, case.owner_id) == (422, anna.id)
    send(at_work, case, "handoffs", **given)
    case.refresh_from_db()
    assert case.owner_id == anna.id  # asked is not accepted


def test_only_who_was_asked_accepts_a_handoff(at_work: Client, anna: Staff, case: Case, sign_in: Any) -> None:
    bo = a_person("agent", name="博")
    handoff = services.ask_handoff(
        case_id=case.pk,
        to_id=bo.id,
        reason="休假",
        summary="铲斗开裂，照片已收，等技术部报价",
        at=AT,
        by=as_actor(anna),
    )
    assert at_work.post(f"/handoffs/{handoff.pk}/acceptance/").status_code == 403
    his = sign_in(bo)
    assert f"/handoffs/{handoff.pk}/acceptance/" in his.get(f"/cases/{case.reference}/").content.decode()
    his.post(f"/handoffs/{handoff.pk}/acceptance/")
    case.refresh_from_db()
    assert case.owner_id == bo.id


def test_help_is_asked_with_a_standard_and_a_clock(at_work: Client, case: Case) -> None:
    department = a_department("技术部")
    page = at_work.get(f"/cases/{case.reference}/tasks/").content.decode()
    assert f"department:{department.pk}" in page
    send(
        at_work,
        case,
        "tasks",
        whom=f"department:{department.pk}",
        title="鉴定",
        ask="看照片",
        standard="附结论",
        minutes=120,
    )
    task = case.tasks.get()
    assert (task.department_id, task.standard) == (department.pk, "附结论")
    assert send(at_work, case, "tasks", whom="x:1", title="鉴定", ask="看", minutes=120).status_code == 422


def test_resolving_is_refused_while_help_is_open_and_says_so_in_the_form(
    at_work: Client, anna: Staff, case: Case
) -> None:
    services.ask_task(
        case_id=case.pk,
        title="鉴定",
        ask="看",
        minutes=60,
        assignee_id=a_person().id,
        at=AT,
        by=as_actor(anna),
    )
    refused = send(at_work, case, "resolution", summary="已经更换铲斗")
    assert refused.status_code == 409
    assert "已经更换铲斗</textarea>" in refused.content.decode()


def test_the_customers_spoken_word_is_written_down_by_the_owner(
    at_work: Client, anna: Staff, case: Case
) -> None:
    send(at_work, case, "resolution", summary="已经更换铲斗")
    send(at_work, case, "confirmation", answer="solved", level_attitude="5", word="很满意")
    case.refresh_from_db()
    said = case.confirmations.get()
    assert (case.state, said.given_by, said.levels, said.word) == (
        "confirmed",
        "staff",
        {"attitude": 5},
        "很满意",
    )
    send(at_work, case, "reopening", reason="又坏了")
    case.refresh_from_db()
    assert (case.state, case.owner_id) == ("open", anna.id)


def test_two_take_it_at_once_and_the_second_is_told_who_was_first(at_work: Client, sign_in: Any) -> None:
    case = a_case()
    send(at_work, case, "ownership")
    second = sign_in(a_person("agent")).post(f"/cases/{case.reference}/ownership/")
    assert second.status_code == 409
    assert "安娜" in second.content.decode()


def test_understanding_options_and_checklist_are_plain_forms(at_work: Client, case: Case) -> None:
    send(at_work, case, "understanding", text="要马上修")
    send(at_work, case, "understanding", how="phone")
    send(at_work, case, "options", text="焊补", gain="今天开工")
    option = case.options.get()
    at_work.post(f"/cases/{case.reference}/options/{option.pk}/choice/")
    send(at_work, case, "checklist", behaviour="tone", done="1")
    option.refresh_from_db()
    assert case.understandings.get().confirmed_how == "phone"
    assert option.chosen_at is not None
    assert case.marks.get().behaviour == "tone"


def test_particulars_change_all_or_nothing(at_work: Client, case: Case) -> None:
    given = {"subject": "新主题", "kind": "repair", "impact": 1, "urgency": 1, "tags": "停工，VIP"}
    send(at_work, case, "details", **given)
    case.refresh_from_db()
    assert (case.subject_line, case.priority, case.tags) == ("新主题", 1, ["停工", "VIP"])
    assert send(at_work, case, "details", **{**given, "subject": "又变", "asset": 999}).status_code == 422
    case.refresh_from_db()
    assert case.subject_line == "新主题"


def test_waiting_watching_and_putting_aside(at_work: Client, anna: Staff) -> None:
    case = a_case(owner=anna, at=now())
    send(at_work, case, "watch", watching="1")
    send(at_work, case, "waiting", waiting="1")
    case.refresh_from_db()
    assert (case.state, case.watches.count()) == ("waiting", 1)
    send(at_work, case, "snooze", until=here(now() + timedelta(minutes=10)))
    case.refresh_from_db()
    assert case.snoozed_until is not None
    send(at_work, case, "snooze", back="1")
    case.refresh_from_db()
    assert case.snoozed_until is None


def test_every_small_form_opens_as_a_page_and_as_a_dialog(at_work: Client, case: Case) -> None:
    for name in (
        "handoffs", "tasks", "escalation", "promises", "expectation", "resolution", "confirmation", "reopening",
        "details", "snooze", "contacts", "links", "merge", "split",
    ):  # fmt: skip
        page = at_work.get(f"/cases/{case.reference}/{name}/")
        part = at_work.get(f"/cases/{case.reference}/{name}/", headers=HTMX)
        assert (page.status_code, part.status_code) == (200, 200), name
        assert "<html" in page.content.decode()
        assert "<html" not in part.content.decode()
        assert "hx-post" in part.content.decode(), name


def test_expectation_and_promise_are_recorded_from_their_forms(at_work: Client, case: Case) -> None:
    send(
        at_work,
        case,
        "expectation",
        text="免费配件",
        sort="too_high",
        managed="已过保",
        agreed="八折",
        level_timeliness="5",
    )
    newest = promises.expectations_for(case.subject)[0]
    assert (newest.sort, newest.agreed, newest.levels) == ("too_high", "八折", {"timeliness": 5})
    later = here(now() + timedelta(hours=3))
    send(at_work, case, "promises", text="报价后回电", due_at=later, sure="1")
    assert [one.text for one in promises.open_for(case.subject)] == ["报价后回电"]
    assert send(at_work, case, "promises", text="x", due_at="2020-01-01T10:00").status_code == 422


def test_a_split_moves_words_to_a_case_with_the_same_owner(at_work: Client, anna: Staff, case: Case) -> None:
    send(at_work, case, "contacts", channel="phone", direction="inbound", text="另外发票开错了")
    moved = channels.messages_of(case.subject)[-1]
    send(at_work, case, "split", messages=[moved.pk], subject="发票开错")
    made = Case.objects.get(subject_line="发票开错")
    assert (made.owner_id, [m.text for m in channels.messages_of(made.subject)]) == (
        anna.id,
        ["另外发票开错了"],
    )


def test_after_undo_the_first_reply_is_owed_as_before(at_work: Client, anna: Staff, case: Case) -> None:
    at, by = now(), as_actor(anna)
    fresh = a_case(owner=anna, at=at - timedelta(minutes=5))
    owed = [clock for clock in promises.live_clocks(fresh.subject) if clock.sort == "first_reply"]
    before = {name: getattr(fresh, name) for name in KEPT}
    message = services.reply(case_id=fresh.pk, text="马上到", undo_seconds=60, waiting=True, at=at, by=by)
    assert not [clock for clock in promises.live_clocks(fresh.subject) if clock.sort == "first_reply"]
    services.undo_reply(case_id=fresh.pk, message_id=message.pk, at=at + timedelta(seconds=5), by=by)
    fresh.refresh_from_db()
    again = [clock for clock in promises.live_clocks(fresh.subject) if clock.sort == "first_reply"]
    assert [(one.pk, one.due_at, one.look_at, one.state) for one in again] == [
        (one.pk, one.due_at, one.look_at, one.state) for one in owed
    ]
    assert {name: getattr(fresh, name) for name in KEPT} == before
    assert [clock.sort for clock in promises.live_clocks(fresh.subject)].count("next_reply") == 0
    services.reply(case_id=fresh.pk, text="马上到", at=at + timedelta(seconds=9), by=by)
    fresh.refresh_from_db()
    assert fresh.first_replied_at == at + timedelta(seconds=9)


def test_after_undo_an_overdue_first_reply_is_overdue_again_and_not_met(anna: Staff) -> None:
    at, by = now(), as_actor(anna)
    late = a_case(owner=anna, at=at - timedelta(days=9))
    message = services.reply(case_id=late.pk, text="抱歉", undo_seconds=60, at=at, by=by)
    services.undo_reply(case_id=late.pk, message_id=message.pk, at=at + timedelta(seconds=5), by=by)
    first = next(clock for clock in promises.clocks_for(late.subject) if clock.sort == "first_reply")
    assert (first.state, first.settled_at) == ("breached", None)


def test_what_the_customer_wrote_in_the_seconds_before_undo_stays(anna: Staff) -> None:
    at, by = now(), as_actor(anna)
    case = a_case(owner=anna, at=at - timedelta(minutes=5))
    message = services.reply(case_id=case.pk, text="马上到", undo_seconds=60, at=at, by=by)
    services.record_contact(
        case_id=case.pk,
        direction="inbound",
        channel="phone",
        text="还要多久？",
        at=at + timedelta(seconds=3),
        by=by,
    )
    services.undo_reply(case_id=case.pk, message_id=message.pk, at=at + timedelta(seconds=5), by=by)
    case.refresh_from_db()
    assert (case.last_words, case.awaiting, case.first_replied_at) == ("还要多久？", "us", None)
    assert [one.sort for one in promises.live_clocks(case.subject) if "reply" in one.sort] == ["first_reply"]


def test_the_chip_says_what_speaks_against_a_promise_and_weighs_another_time(
    at_work: Client, case: Case
) -> None:
    from shouwen.platform.access import SYSTEM
    from shouwen.promises.services import set_promise_kind

    set_promise_kind(work="visit", minimum_lead_minutes=240, at=now(), by=SYSTEM)
    words = "2小时内上门检查。"
    found = send(at_work, case, "reply-check", text=words).json()["promises"][0]
    assert found["refuses"]
    assert any("240" in said for said in found["doubts"])
    later = {"changed_text": [found["text"]], "changed_due": [here(now() + timedelta(hours=30))]}
    again = send(at_work, case, "reply-check", text=words, **later).json()["promises"][0]
    assert not again["refuses"]
    assert not any("240" in said for said in again["doubts"])
    wrong = send(at_work, case, "reply-check", text=words, changed_text="x", changed_due="soon")
    assert wrong.status_code == 422


def test_the_form_of_a_promise_says_its_doubts_before_it_is_given(at_work: Client, case: Case) -> None:
    standing.set_promise_kind(
        work="refund", restricted=True, roles={"agent": Decimal(200)}, at=now(), by=SYSTEM
    )
    later = (now() + timedelta(days=2)).astimezone(ZoneInfo("Asia/Shanghai")).replace(hour=3, minute=0)
    given = {"text": "发送设备手册", "due_at": later.strftime("%Y-%m-%dT%H:%M")}
    thinking = send(at_work, case, "promises", **given)
    assert thinking.status_code == 200
    assert "不在工作时间内" in thinking.content.decode()
    assert promises.open_for(case.subject) == []
    send(at_work, case, "promises", **given, sure="1")
    assert [one.text for one in promises.open_for(case.subject)] == ["发送设备手册"]
    beyond = send(at_work, case, "promises", text="退款3000元", due_at=given["due_at"], sure="1")
    assert beyond.status_code == 422
    assert "3000" in beyond.content.decode()
    assert len(promises.open_for(case.subject)) == 1
