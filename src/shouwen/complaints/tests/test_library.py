"""The case library: nine cases to begin with, new ones without names, offered beside what is like them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.complaints import queries, services
from shouwen.complaints.models import Complaint, LibraryAnswer, LibraryEntry
from shouwen.complaints.queries import library
from shouwen.complaints.rules import anonymous
from shouwen.complaints.rules import library as rules
from shouwen.complaints.rules.anonymous import Known, anonymised
from shouwen.complaints.rules.library import Tagged
from shouwen.complaints.services.erasing import erase
from shouwen.complaints.testing import AT, LATER, a_complaint, a_person, again, as_actor, furnished, heard
from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused
from shouwen.people.models import Staff
from shouwen.platform.ledger.history import versions

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FULL = {
    "title": "A kettle that leaks",
    "background": "A kettle leaked after a week.",
    "course": "Three calls, three answers.",
    "mistakes": "Nobody wrote it down.",
    "right_way": "Write it down.",
    "lesson": "Listen first.",
    "questions": "What would you say?\nWho decides?",
}


@pytest.fixture(autouse=True)
def _house() -> None:
    furnished()


@pytest.fixture
def boss() -> Staff:
    return a_person("supervisor", name="Demo Boss")


def browser_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff.user, backend=BACKEND)
    return client


def an_entry(boss: Staff, *, publish: bool = True, **values: Any) -> LibraryEntry:
    by = as_actor(boss)
    made = services.save_entry(texts={"en": {**FULL, **values}}, cause="product", at=AT, by=by)
    return services.publish_entry(entry_id=made.pk, looked_over=True, at=AT, by=by) if publish else made


def closed(boss: Staff) -> Complaint:
    made = a_complaint(owner=boss)
    Complaint.objects.filter(pk=made.pk).update(
        state="closed",
        stage="reviewed",
        closed_at=AT,
        cause="price",
        liability="ours",
        lesson="Ask 13800138000",
    )
    return again(made)


# --- rules -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("王小丽打来电话，王女士很生气", "【姓名】打来电话，【姓名】女士很生气"),
        ("老王和小王都在", "【姓名】和【姓名】都在"),
        ("打 138 0013 8000 或 010-62345678", "打 【电话】 或 【电话】"),
        ("写信到 li.wang@example.com", "写信到 【邮箱】"),
        ("车牌京A·12345，粤B12345D", "车牌【车牌】，【车牌】"),
        ("证件 11010119900307123X", "证件 【证件号】"),
        ("住在和平路12号3栋", "【地址】"),
        ("星河科技的订单 SO-20260301，金额 1000000元", "【姓名】的订单 【编号】，金额 1000000元"),
        ("序列号 XB77 在 3 号车间，12315 已受理", "序列号 【编号】 在 3 号车间，12315 已受理"),
    ],
)
def test_names_numbers_and_addresses_are_masked(text: str, masked: str) -> None:
    known = Known(names=["王小丽", "星河科技有限公司"], numbers=["XB77"])
    assert anonymised(text, known) == masked


def test_a_latin_name_is_masked_whole_and_in_parts_but_not_inside_words() -> None:
    known = Known(names=["Anna Meyer", "Li"])
    text = anonymised("anna meyer rang. Anna said that Meyerhof is a liability. Mr Li agreed.", known, "en")
    assert text == "[name] rang. [name] said that Meyerhof is a liability. Mr [name] agreed."


def test_nothing_known_masks_nothing_that_is_plain() -> None:
    text = "两小时内恢复，赔偿 300 元，12345 热线，第 3 次来电，2026-03-02"
    assert anonymised(text, Known(names=["", "A"], numbers=[" "])) == text
    assert anonymous.remains(text) == []


def test_an_entry_is_published_only_whole_and_without_a_way_to_reach_anybody() -> None:
    texts = rules.cleaned({"en": {**FULL, "lesson": "Ring 13800138000", "course": " "}})
    with pytest.raises(Invalid) as fault:
        rules.check_publishable(texts)
    assert set(fault.value.errors) == {"en_course", "en_lesson"}
    rules.check_publishable(rules.cleaned({"en": FULL}))  # one language is enough
    with pytest.raises(Invalid) as fault:
        rules.cleaned({"zh": {"background": "x" * 5000}})
    assert set(fault.value.errors) == {"zh_title", "zh_background"}


def test_likeness_weighs_rare_words_and_tags() -> None:
    entries = [
        Tagged(1, {"pump", "leak", "days"}, "product", "ours", ["deadlock"]),
        Tagged(2, {"bill", "twice", "days"}, "price", "ours"),
        Tagged(3, {"cable", "cut", "days"}),
    ]
    asked = Tagged(9, ["pump", "leak", "days", "days"], "product", "ours", ["deadlock", "threat"])
    (first,) = rules.closest(asked, entries)
    # three words of three: 70; cause and liability: 20; one of two triggers: 5
    assert (first.id, first.points, first.same_cause, first.same_triggers) == (1, 95.0, True, ("deadlock",))
    by_tags = Tagged(4, {"kettle"}, "product", "ours")
    assert [(one.id, one.points) for one in rules.closest(asked, [by_tags])] == [(4, 20.0)]
    assert rules.closest(Tagged(9, ["days"]), entries) == []
    assert rules.closest(Tagged(9, ["zebra", "days"]), entries) == []
    assert rules.closest(asked, []) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("挖断电缆", [" 挖断", " 断电", " 电缆"]),
        ("pump Leak", [" pump", " leak"]),
        ("泵", [" 泵"]),
        ("", []),
        ("'; -- %", []),
    ],
)
def test_what_is_looked_for_is_the_start_of_tokens(text: str, words: list[str]) -> None:
    assert rules.wanted(text) == words


# --- the nine --------------------------------------------------------------------------------------------


def test_nine_cases_are_there_whole_in_both_languages_and_stay_as_they_were_changed(boss: Staff) -> None:
    entries = list(LibraryEntry.objects.exclude(code=None))
    assert len(entries) == 9
    for entry in entries:
        texts = library.texts_of(entry)
        rules.check_publishable(texts)
        assert all(texts[language]["title"] for language in rules.LANGUAGES)
        assert len(rules.questions(texts["zh"]["questions"])) == len(
            rules.questions(texts["en"]["questions"])
        )
        for text in (*texts["zh"].values(), *texts["en"].values()):
            assert len(text) < 1200
            assert len(text.split()) <= 200
    changed = entries[0]
    by = as_actor(boss)
    services.take_back_entry(entry_id=changed.pk, at=AT, by=by)
    services.save_entry(entry_id=changed.pk, texts={"zh": {"title": "改过"}}, at=AT, by=by)
    services.furnish()
    assert LibraryEntry.objects.exclude(code=None).count() == 9
    assert (
        LibraryEntry.objects.get(pk=changed.pk).title_zh,
        LibraryEntry.objects.get(pk=changed.pk).state,
    ) == (
        "改过",
        "draft",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("施工挖断电缆，宽带中断，客服说两小时恢复还是不通", "cable-cut-by-roadworks"),
        ("同一条短信重复扣费十次", "message-charged-ten-times"),
        ("The new pump leaks and every department sends me to the next", "pump-from-desk-to-desk"),
    ],
)
def test_the_case_that_is_like_a_complaint_is_offered_first_with_one_question(
    text: str, code: str, boss: Staff, django_assert_num_queries: Any
) -> None:
    made = a_complaint(owner=boss, subject=text)
    services.record_receipt(complaint_id=made.pk, remedy_sought=text, at=AT, by=as_actor(boss))
    complaint = again(made)
    has = queries.parts(complaint)
    with django_assert_num_queries(1):
        found = library.similar(complaint, has)
    assert LibraryEntry.objects.get(pk=found[0].id).code == code
    page = browser_of(boss).get(reverse("complaints:complaint", args=[made.reference])).content.decode()
    assert 'id="similar"' in page
    assert reverse("complaints:library-entry", args=[found[0].id]) in page


# --- writing ---------------------------------------------------------------------------------------------


def test_a_closed_complaint_becomes_a_draft_without_names_once(boss: Staff) -> None:
    made = a_complaint(owner=boss)
    by = as_actor(boss)
    with pytest.raises(Refused):
        services.make_entry(complaint_id=made.pk, at=AT, by=by)
    name = made.case.customer.name
    services.add_account(
        complaint_id=made.pk, party="customer", text=f"{name} rang about {made.reference}", at=AT, by=by
    )
    services.add_account(complaint_id=made.pk, party="ours", text="Demo Boss was there", at=AT, by=by)
    Complaint.objects.filter(pk=made.pk).update(
        state="closed", closed_at=AT, cause="price", liability="ours", lesson="Ring 13800138000 first"
    )
    entry = services.make_entry(complaint_id=made.pk, at=AT, by=by)
    assert (entry.state, entry.cause, entry.liability) == ("draft", "price", "ours")
    texts = library.texts_of(entry)
    told = texts["en"] if entry.title_en else texts["zh"]
    whole = "\n".join(told.values())
    for known in (name, made.reference, "Demo Boss", "13800138000"):
        assert known not in whole
    assert services.make_entry(complaint_id=made.pk, at=LATER, by=by) == entry
    with pytest.raises(Forbidden):
        services.make_entry(complaint_id=made.pk, at=AT, by=as_actor(a_person("agent")))


def test_an_entry_is_looked_over_published_changed_and_taken_back_with_its_versions(boss: Staff) -> None:
    by = as_actor(boss)
    entry = an_entry(boss, publish=False)
    with pytest.raises(Invalid):
        services.publish_entry(entry_id=entry.pk, looked_over=False, at=AT, by=by)
    services.publish_entry(entry_id=entry.pk, looked_over=True, at=AT, by=by)
    with pytest.raises(Invalid):  # what is published stays whole
        services.save_entry(entry_id=entry.pk, texts={"en": {**FULL, "lesson": ""}}, at=AT, by=by)
    services.save_entry(entry_id=entry.pk, texts={"en": {**FULL, "lesson": "Look first."}}, at=AT, by=by)
    services.take_back_entry(entry_id=entry.pk, at=AT, by=by)
    assert [one.version for one in versions("library_entry", entry.pk)] == [4, 3, 2, 1]
    change = versions("library_entry", entry.pk)[1].changes
    assert ("Listen first.", "Look first.") in [(one.was, one.now) for one in change]
    with pytest.raises(Invalid):
        services.save_entry(texts={"en": FULL}, cause="moon", triggers=["x"], at=AT, by=by)


def test_answers_are_seen_by_their_writer_and_by_supervisors(boss: Staff) -> None:
    entry = an_entry(boss)
    one, other = a_person("agent"), a_person("agent")
    page, mine = reverse("complaints:library-entry", args=[entry.pk]), browser_of(one)
    to = reverse("complaints:library-answer", args=[entry.pk, 2])
    assert mine.post(to, {"text": "zebrafinch"}).status_code == 302
    assert mine.post(to, {"text": "zebrafinch decides"}).status_code == 302
    assert mine.post(to, {"text": " "}).status_code == 422
    assert (
        mine.post(reverse("complaints:library-answer", args=[entry.pk, 9]), {"text": "x"}).status_code == 422
    )
    assert (LibraryAnswer.objects.get().question, LibraryAnswer.objects.get().number) == ("Who decides?", 2)
    assert "zebrafinch decides" in mine.get(page).content.decode()
    assert "zebrafinch" not in browser_of(other).get(page).content.decode()
    everybody = reverse("complaints:library-answers", args=[entry.pk])
    assert "zebrafinch decides" in browser_of(boss).get(everybody).content.decode()
    assert mine.get(everybody).status_code == 403
    assert browser_of(a_person("reviewer")).get(everybody).status_code == 403


def test_whoever_is_forgotten_leaves_no_draft_behind(boss: Staff) -> None:
    by = as_actor(boss)
    draft, kept = closed(boss), closed(boss)
    services.make_entry(complaint_id=draft.pk, at=AT, by=by)
    public = services.make_entry(complaint_id=kept.pk, at=AT, by=by)
    services.save_entry(entry_id=public.pk, texts={"en": FULL}, at=AT, by=by)
    services.publish_entry(entry_id=public.pk, looked_over=True, at=AT, by=by)
    for made in (draft, kept):
        erase(made.case.customer_id, at=LATER, by=by)
    left = LibraryEntry.objects.filter(code=None)
    assert [(one.pk, one.source_id) for one in left] == [(public.pk, None)]


# --- pages and the API -----------------------------------------------------------------------------------


def test_the_list_is_searched_paged_and_asks_the_same_few_questions(
    boss: Staff, django_assert_max_num_queries: Any
) -> None:
    client, address = browser_of(boss), reverse("complaints:library")
    assert "一台水泵，五个部门" in client.get(address + "?q=水泵").content.decode()
    assert "一台水泵，五个部门" not in client.get(address + "?q=挖断电缆").content.decode()
    assert client.get(address + "?q=" + "x" * 101).status_code == 422
    assert client.get(address + "?cursor=forged").status_code == 422
    for number in range(35):
        an_entry(boss, title=f"Kettle {number}")
    with django_assert_max_num_queries(10):
        page = client.get(address + "?q=kettle").content.decode()
    assert "cursor=" in page
    assert "Kettle 34" in page
    assert ">Kettle 1<" not in page


def test_the_pages_of_an_entry_open_for_who_may(boss: Staff) -> None:
    draft = an_entry(boss, publish=False)
    client, reader = browser_of(boss), browser_of(a_person("agent"))
    stranger = browser_of(a_person("provider"))
    page, edit = (reverse(f"complaints:library-{name}", args=[draft.pk]) for name in ("entry", "edit"))
    new = reverse("complaints:library-new")
    for address in (page, edit, new):
        assert client.get(address).status_code == 200, address
        assert stranger.get(address).status_code == 403, address
    assert reader.get(page).status_code == 404
    assert (reader.get(edit).status_code, reader.get(new).status_code) == (403, 403)
    assert client.post(edit, {"zh_title": "", "cause": "moon"}).status_code == 422
    assert client.post(reverse("complaints:library-publication", args=[draft.pk])).status_code == 422
    yes = {"looked_over": "1"}
    assert client.post(reverse("complaints:library-publication", args=[draft.pk]), yes).status_code == 302
    assert "A kettle that leaks" in reader.get(page).content.decode()
    assert client.post(reverse("complaints:library-withdrawal", args=[draft.pk])).status_code == 302
    made = client.post(new, {"zh_title": "新案例", "triggers": ["threat", "deadlock"]})
    assert made.status_code == 302
    assert LibraryEntry.objects.get(title_zh="新案例").triggers == ["threat", "deadlock"]
    done = closed(boss)
    make = reverse("complaints:library-from", args=[done.reference])
    assert make in client.get(reverse("complaints:complaint", args=[done.reference])).content.decode()
    assert client.post(make).status_code == 302
    assert reader.post(make).status_code == 403


def test_programs_read_the_library_and_no_drafts() -> None:
    from shouwen.complaints.tests.test_api import Caller

    boss = a_person("supervisor")
    draft = an_entry(boss, publish=False)
    call = Caller("agent")

    def get(path: str) -> Any:
        return Client().get(f"/api/v1/case-library{path}", headers=call.headers)

    found = get("?q=电缆&limit=5").json()["items"]
    assert "cable" in found[0]["en"]["title"]
    assert get(f"/{found[0]['id']}").json()["zh"]["title"] == found[0]["zh"]["title"]
    assert get(f"/{draft.pk}").status_code == 404
    assert get("?limit=0").status_code == 422
    with pytest.raises(NotFound):
        library.get(draft.pk, as_actor(a_person("agent")))
    call = Caller("provider")
    assert get("").json()["items"] == []


def test_a_person_who_may_not_keep_the_library_writes_nothing(boss: Staff) -> None:
    agent = as_actor(a_person("agent"))
    heard(a_complaint(owner=boss), as_actor(boss))
    with pytest.raises(Forbidden):
        services.save_entry(texts={"en": FULL}, at=AT, by=agent)


def test_what_two_texts_share_is_words_and_not_the_seams_between_them() -> None:
    assert rules.telling("水泵到货就漏水，换了人来还是漏水") == ["水泵", "漏水"]
