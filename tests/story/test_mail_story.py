"""The main job by mail: from the customer's first words to their own "solved", and how it felt."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.story import customer, desk, letters
from tests.story.company import NAMES, Company, Program
from tests.story.desk import card, head, timeline

pytestmark = [pytest.mark.browser, pytest.mark.mailserver, pytest.mark.story, pytest.mark.slow]

SUBJECT = "挖掘机铲斗开裂，请马上处理"
HIM = "jianguo@gongdi.test"
CALL_BACK = "10分钟内给您回电"
VISIT = "今天上门加固铲斗"


@dataclass
class Story:
    """Who takes part: she owns the case, the colleague came second, the others in their own browsers."""

    company: Company
    post: Any
    people_at: Any
    moments: Any
    accessible: Any
    she: Any = None
    her_name: str = ""
    reference: str = ""
    first: EmailMessage | None = None

    def at_desk(self, username: str) -> Any:
        return self.company.signs_in(self.people_at(self.company.url), username)

    def mail(self, said: str) -> EmailMessage:
        return letters.awaited(self.post.smtp, HIM, said)


def test_from_the_first_mail_to_the_customers_own_solved(
    company: Company, post: Any, people_at: Any, moments: Any, accessible: Any
) -> None:
    story = Story(company, post, people_at, moments, accessible)
    a_mail_arrives_and_the_first_to_take_it_owns_it(story)
    she_says_what_she_understood_and_sets_the_expectation_right(story)
    her_reply_is_checked_and_its_promise_recorded(story)
    the_answer_by_mail_lands_on_the_same_case(story)
    the_technical_department_helps_and_she_stays_the_face(story)
    she_is_warned_and_renegotiates_before_it_breaks(story)
    another_promise_breaks_and_everybody_can_see_it(story)
    phone = people_at(company.url, **customer.PHONE)
    not_yet_reopens_to_the_same_owner(story, phone)
    solved_and_how_it_felt(story, phone)
    the_ledger_shows_who_before_and_after(story)


def a_mail_arrives_and_the_first_to_take_it_owns_it(story: Story) -> None:
    pages = {NAMES[username]: story.at_desk(username) for username in ("lin", "zhou")}
    for page in pages.values():
        page.goto("/inbox/?view=unowned")
        expect(page.get_by_text("这里没有内容")).to_be_visible()
    story.first = letters.letter(
        "你们好，我的挖掘机铲斗开裂了，工地停工，请马上处理。照片见附件。\n李建国",
        subject=SUBJECT,
        attached=letters.photo(),
    )
    story.post.box.append(story.first)
    for page in pages.values():  # nobody reloads
        row = page.get_by_role("list", name="本组待认领").get_by_role("listitem").filter(has_text=SUBJECT)
        expect(row).to_contain_text("报修")
        expect(row).to_contain_text("李建国")
        expect(row).to_contain_text("待认领")
        story.reference = desk.opens(page, SUBJECT)
    story.her_name = desk.both_take(pages)
    story.she = pages.pop(story.her_name)
    (late,) = pages.values()
    expect(late.get_by_text(f"{story.her_name} 已先认领，是首问责任人。")).to_be_visible()
    expect(head(late)).to_contain_text(story.her_name)
    expect(late.get_by_role("button", name="认领")).to_have_count(0)
    story.moments.take(late, "mail-1-second-is-told")
    late.context.close()


def she_says_what_she_understood_and_sets_the_expectation_right(story: Story) -> None:
    she = story.she
    known = card(she, "customer")
    expect(known).to_contain_text("挖掘机 XG-215")
    expect(known).to_contain_text("到期")
    expect(known).to_contain_text("保修至")  # the wheel loader's still holds
    expect(card(she, "earlier")).to_contain_text("装载机更换滤芯")
    expect(timeline(she).get_by_role("link", name="铲斗裂缝.png")).to_be_visible()
    received = story.mail("您的请求我们已收到")
    assert story.first is not None
    assert received["In-Reply-To"] == story.first["Message-ID"]

    desk.restates(she, "铲斗左侧焊缝开裂约三十厘米，工地停工，希望今天有人来处理。")
    desk.records_expectation(
        she,
        "保修外也免费更换新铲斗，今天装好。",
        sort="过高",
        managed="说明保修已到期，配件费需自付；先免费上门加固，再报价。",
        agreed="今天上门加固，明天给出报价。",
        levels=(3, 4, 5, 4, 4),
    )
    expect(card(she, "expectation")).to_contain_text("过高")
    phone = story.people_at(story.company.url, **customer.PHONE)
    customer.opens(phone, letters.link(received))
    phone.get_by_role("button", name="对，就是这样").click()
    expect(phone.get_by_text("您已确认")).to_be_visible()
    phone.context.close()
    expect(card(she, "understanding")).to_contain_text("客户已认同")


def her_reply_is_checked_and_its_promise_recorded(story: Story) -> None:
    she = story.she
    marked = she.locator("[data-mirror] mark", has_text="没办法")
    chip = she.get_by_test_id("promise-chip")
    field = she.locator("#reply-text")

    def writes() -> None:
        field.fill("")
        field.press_sequentially(
            f"李经理，您好！给您添麻烦了。保修外免费换新铲斗我们没办法。{CALL_BACK}，约好上门时间。"
        )
        expect(marked).to_be_visible()
        expect(chip).to_contain_text(CALL_BACK)

    writes()
    story.moments.in_every_way(she, "mail-2-reply-check", again=writes)
    expect(chip).to_contain_text(f"记为承诺： {CALL_BACK}")
    better = she.locator(".composer-finding", has_text="没办法").get_by_role("button").first
    wording = better.inner_text().strip("“”")
    better.click()
    expect(field).to_have_value(re.compile(re.escape(wording)))
    expect(marked).to_have_count(0)
    expect(chip).to_be_visible()
    desk.sends(she)
    expect(desk.owed(she, CALL_BACK)).to_contain_text(story.her_name)
    expect(timeline(she)).to_contain_text(f"承诺：{CALL_BACK}")


def the_answer_by_mail_lands_on_the_same_case(story: Story) -> None:
    assert story.first is not None
    reply = story.mail("给您添麻烦了")
    assert reply["In-Reply-To"] == story.first["Message-ID"]
    assert story.first["Message-ID"] in str(reply["References"])
    assert re.search(rf"\[{story.reference}-\w+\]", str(reply["Subject"])), reply["Subject"]
    assert "没办法" not in letters.words(reply)
    answer = "好的，我等您电话。下午三点后我不在工地。"
    story.post.box.append(letters.letter(answer, subject=f"Re: {SUBJECT}", answers=reply))
    expect(timeline(story.she)).to_contain_text(answer)


def the_technical_department_helps_and_she_stays_the_face(story: Story) -> None:
    she, title = story.she, "判断铲斗裂缝成因和加固办法"
    desk.asks_for_help(
        she,
        "技术部",
        title=title,
        ask="照片见沟通记录。请判断成因，给出今天能做的加固办法。",
        standard="写明成因\n写明加固步骤和工时",
    )
    expert = story.at_desk("chen")
    expert.goto("/tasks/?view=offered")
    expert.get_by_role("link", name=title).click()
    expert.get_by_role("button", name="接受").first.click()
    expert.get_by_label("处理结果").fill("成因：焊缝疲劳。加固：磨开补焊，加两块筋板，约三小时。")
    expert.get_by_role("button", name="交付", exact=True).click()
    expect(expert.get_by_text("已交付，等待请求人检查。")).to_be_visible()
    expert.context.close()

    expect(card(she, "tasks")).to_contain_text("焊缝疲劳")
    card(she, "tasks").get_by_role("link", name=title).click()
    she.get_by_role("checkbox", name="写明成因").check()
    she.get_by_role("checkbox", name="写明加固步骤和工时").check()
    she.get_by_role("button", name="通过", exact=True).click()
    expect(she.get_by_text("已通过。")).to_be_visible()
    she.goto(f"/cases/{story.reference}/")
    expect(timeline(she)).to_contain_text(f"协办通过检查：{title}")
    expect(head(she)).to_contain_text(story.her_name)


def she_is_warned_and_renegotiates_before_it_breaks(story: Story) -> None:
    she = story.she
    said_at = letters.sent_at(story.mail("给您添麻烦了"))
    story.company.clock_reaches(said_at + timedelta(minutes=8, seconds=30))
    she.get_by_role("link", name="通知").click()
    warning = she.get_by_role("listitem").filter(has_text=CALL_BACK)
    expect(warning.first).to_contain_text("80")
    warning.first.get_by_role("button").click()
    expect(she).to_have_url(re.compile(f"/cases/{story.reference}/"))
    desk.renegotiates(she, CALL_BACK, reason="焊工在前一个工地还没收工", minutes=90)
    told = story.mail("焊工在前一个工地还没收工")
    assert CALL_BACK in letters.words(told)
    assert letters.sent_at(told) < said_at + timedelta(minutes=10), (
        "the customer hears of it before it breaks"
    )


def another_promise_breaks_and_everybody_can_see_it(story: Story) -> None:
    she, said_at = story.she, datetime.now(UTC)
    desk.gives_word(she, VISIT, minutes=30)
    story.company.clock_reaches(said_at + timedelta(minutes=31))
    expect(timeline(she)).to_contain_text(f"承诺失约：{VISIT}")
    expect(desk.owed(she, VISIT)).to_contain_text("已失约")
    expect(head(she)).to_contain_text("升级 1 级")
    story.moments.in_every_way(she, "mail-3-broken", story.accessible)

    she.goto("/promises/ledger/?whose=mine&state=broken")
    expect(she.get_by_role("row").filter(has_text=VISIT)).to_contain_text("已失约")
    she.goto("/promises/ledger/?whose=mine&state=renegotiated")
    expect(she.get_by_role("row").filter(has_text=CALL_BACK)).to_contain_text("已改期")
    she.goto("/promises/?whose=mine")
    story.moments.in_every_way(she, "mail-4-promises", story.accessible)

    supervisor = story.at_desk("zhao")
    supervisor.goto("/supervisor/")
    for part in ("escalations", "broken"):
        expect(supervisor.locator(f"#{part}")).to_contain_text(VISIT)
    expect(supervisor.locator("#broken")).to_contain_text(story.her_name)
    story.moments.in_every_way(supervisor, "mail-4-supervisor", story.accessible)
    supervisor.context.close()


def not_yet_reopens_to_the_same_owner(story: Story, phone: Any) -> None:
    she = story.she
    she.goto(f"/cases/{story.reference}/")
    desk.resolves(she, "已磨开补焊并加两块筋板，试挖两小时无裂纹。")
    asked = story.mail("试挖两小时无裂纹")
    for said in ("铲斗左侧焊缝开裂约三十厘米", VISIT):
        assert said in letters.words(asked)
    customer.opens(phone, letters.link(asked))
    for said in ("铲斗左侧焊缝开裂约三十厘米", "试挖两小时无裂纹", CALL_BACK, VISIT, story.her_name):
        expect(phone.get_by_role("main")).to_contain_text(said)
    story.moments.in_every_way(phone, "mail-5-customer", story.accessible)
    customer.says_not_yet(phone, "焊缝又裂开一小段，请再来看看。")

    expect(timeline(she)).to_contain_text("客户说：还没有。焊缝又裂开一小段，请再来看看。")
    expect(head(she)).not_to_contain_text("待确认")
    expect(head(she)).to_contain_text(story.her_name)
    expect(she.get_by_role("tab", name="答复")).to_be_visible()


def solved_and_how_it_felt(story: Story, phone: Any) -> None:
    desk.resolves(story.she, "重新补焊，探伤无裂纹。")
    customer.opens(phone, letters.link(story.mail("探伤无裂纹")))
    customer.says_solved(phone, "这次彻底好了，谢谢。", ("好", "很好", "一般", "很好", "好"))
    word = card(story.she, "word")
    expect(word).to_contain_text("已解决")
    expect(word).to_contain_text("这次彻底好了，谢谢。")
    expect(word).to_contain_text("感知减期望: +0.2")
    expect(word.get_by_role("row").filter(has_text="反馈及时")).to_contain_text("-2")
    expect(head(story.she)).to_contain_text("客户已确认")
    story.moments.in_every_way(story.she, "mail-6-solved", story.accessible)


def the_ledger_shows_who_before_and_after(story: Story) -> None:
    she = story.she
    she.goto(f"/cases/{story.reference}/")
    desk.chooses(she, "事件台账")
    taken = she.get_by_role("row").filter(has_text="cases.taken")
    expect(taken).to_contain_text(story.her_name)
    moved = she.get_by_role("row").filter(has_text="promises.renegotiated")
    expect(moved).to_contain_text(story.her_name)
    said = ("cases.opened", "cases.replied", "cases.task_moved", "promises.broken", "cases.escalated")
    for name in (*said, "cases.resolved", "cases.not_yet", "cases.confirmed"):
        expect(she.get_by_role("row").filter(has_text=name).first).to_be_visible()
    expect(she.get_by_role("row").filter(has_text="cases.confirmed")).to_contain_text("李建国")
    story.moments.in_every_way(she, "mail-7-ledger", story.accessible)
    she.goto("/inbox/?view=all")
    she.locator("[data-row]").first.wait_for()
    story.moments.in_every_way(she, "mail-8-inbox", story.accessible)


def test_an_owner_changes_only_with_a_reason_a_summary_and_a_yes_and_the_third_time_escalates(
    company: Company, post: Any, people_at: Any, moments: Any
) -> None:
    lin, wang = Program(company, "lin"), "wang@gongdi.test"
    reference = lin.opens("压路机打不着火", name="王强", email=wang)
    no_cold_transfer_by_program(company, lin, reference)
    pages = {}
    for username in ("lin", "zhou", "sun"):
        pages[NAMES[username]] = company.signs_in(people_at(company.url), username)
        pages[NAMES[username]].goto(f"/cases/{reference}/")
    path = [NAMES[username] for username in ("lin", "zhou", "sun", "lin")]
    for number, (before, after) in enumerate(pairwise(path), start=1):
        reason = f"第{number}次移交：{after}更熟悉这台设备"
        desk.asks_handoff(
            pages[before], after, reason=reason, summary="已排查油路和电瓶，怀疑起动机；客户等今天的答复。"
        )
        expect(head(pages[before])).to_contain_text(before)  # nothing has changed before the yes
        desk.accepts_handoff(pages[after])
        expect(head(pages[before])).to_contain_text(after)
        letters.awaited(post.smtp, wang, f"现由 {after} 负责")
    expect(head(pages[path[-1]])).to_contain_text("已移交 3 次")
    expect(pages[path[-1]].locator("#case-banners")).to_contain_text("已移交 3 次。")

    supervisor = company.signs_in(people_at(company.url), "zhao")
    supervisor.goto("/supervisor/")
    expect(supervisor.locator("#escalations")).to_contain_text("压路机打不着火")
    moments.take(supervisor, "handoffs-escalated")


def no_cold_transfer_by_program(company: Company, program: Program, reference: str) -> None:
    """There is no call that makes somebody else the owner, nor a handoff without reason and summary."""
    other, case = company.ids["zhou"], f"/cases/{reference}"
    for method in ("PATCH", "PUT"):
        assert program.asks(method, case, owner=other).status_code == 405
        assert program.asks(method, f"{case}/ownership", owner=other).status_code == 405
    opening = {"subject": "x", "body": "x", "channel": "email", "customer": {"email": "x@gongdi.test"}}
    assert program.asks("POST", "/cases", **opening, owner=other).status_code == 422
    assert program.asks("POST", f"{case}/handoffs", to=other).status_code == 422
    assert program.asks("POST", f"{case}/handoffs", to=other, reason="忙", summary="短").status_code == 422
    asked = program.asks(
        "POST", f"{case}/handoffs", to=other, reason="请假", summary="已排查油路和电瓶，等答复。"
    )
    assert asked.status_code == 201, asked.text
    yes_by_the_asker = program.asks("POST", f"{case}/handoffs/{asked.json()['id']}/acceptance", accepted=True)
    assert yes_by_the_asker.status_code == 403
    owner = program.asks("GET", case).json()["owner"]
    assert owner["id"] == company.ids["lin"], owner
    declined = Program(company, "zhou").asks(
        "POST", f"{case}/handoffs/{asked.json()['id']}/acceptance", accepted=False, answer="我这边也满了"
    )
    assert declined.status_code == 200, declined.text


def test_silence_closes_as_unconfirmed_and_never_as_confirmed(
    company: Company, post: Any, people_at: Any
) -> None:
    program, address = Program(company, "lin"), "qian@gongdi.test"
    reference = program.opens("叉车漏油", name="钱进", email=address)
    done = program.asks("POST", f"/cases/{reference}/resolution", summary="更换了油封。")
    assert done.status_code == 201, done.text
    asked = letters.awaited(post.smtp, address, "更换了油封")
    assert "未确认" in letters.words(asked)

    page = company.signs_in(people_at(company.url), "lin")
    page.goto(f"/cases/{reference}/")
    expect(head(page)).to_contain_text("待确认")
    company.clock_reaches(datetime.now(UTC) + timedelta(days=4))
    assert program.asks("GET", f"/cases/{reference}").json()["state"] == "resolved"
    company.clock_reaches(datetime.now(UTC) + timedelta(days=40))
    assert program.asks("GET", f"/cases/{reference}").json()["state"] == "unconfirmed"
    expect(head(page)).to_contain_text("未经确认关闭")
    expect(head(page)).not_to_contain_text("客户已确认")

    phone = people_at(company.url, **customer.PHONE)
    customer.opens(phone, letters.link(asked))
    phone.get_by_label("又出现了").or_(phone.get_by_role("textbox")).first.fill("又漏油了。")
    phone.get_by_role("button", name="发送").click()
    expect(head(page)).not_to_contain_text("未经确认关闭")
    expect(head(page)).to_contain_text("林晓")
