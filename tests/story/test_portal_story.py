"""The portal, the whole way on a phone: an answer looked for, a code from a mail, a request to its end, praise."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.story import customer, desk, letters
from tests.story.company import NAMES, Company, Program
from tests.story.desk import card, head, timeline

pytestmark = [pytest.mark.browser, pytest.mark.mailserver, pytest.mark.story, pytest.mark.slow]

HER, HER_MAIL = "何秀兰", "xiulan@farm.test"
SUBJECT, OTHERS = "收割机割台皮带断了", "别人的请求"


def test_a_customer_signs_in_by_mail_code_and_brings_a_request_to_its_end(
    company: Company, post: Any, people_at: Any, moments: Any, accessible: Any
) -> None:
    program = Program(company, "lin")
    reference = program.opens(SUBJECT, name=HER, email=HER_MAIL)
    other = program.opens(OTHERS, name="别人", email="other@farm.test")
    phone = people_at(company.url, **customer.PHONE)
    she_looks_for_an_answer_first(phone, moments, accessible)
    she_signs_in(post, phone, moments, accessible)
    nobody_elses_request_is_there(phone, other)
    she = company.signs_in(people_at(company.url), "lin")
    she.goto(f"/cases/{reference}/")
    she_writes_with_a_photo_and_the_agent_sees_it(phone, she, moments, accessible)
    she_says_not_yet_then_solved(program, phone, she, reference)
    she_praises_and_leaves(phone, she, reference)


def she_looks_for_an_answer_first(phone: Any, moments: Any, accessible: Any) -> None:
    phone.goto("/help/")
    phone.get_by_role("searchbox").fill("异响")
    phone.get_by_role("button", name="搜索").click()
    phone.get_by_role("link", name="割台异响先看哪里").click()
    expect(phone.get_by_role("article")).to_contain_text("拨禾轮轴承")
    moments.in_every_way(phone, "portal-1-answer", accessible)
    phone.get_by_role("button", name="没有帮助").click()
    expect(phone.get_by_text("谢谢您告诉我们。")).to_be_visible()


def she_signs_in(post: Any, phone: Any, moments: Any, accessible: Any) -> None:
    phone.get_by_role("link", name="我的请求").click()
    expect(phone.get_by_label("您的邮箱")).to_be_visible()
    moments.in_every_way(phone, "portal-2-door", accessible)
    phone.get_by_label("您的邮箱").fill(HER_MAIL)
    phone.get_by_role("button", name="获取验证码").click()
    expect(phone.get_by_role("heading", name="请查看您的邮箱")).to_be_visible()
    accessible(phone)
    phone.get_by_label("六位验证码").fill("000000")
    phone.get_by_role("button", name="登录").click()
    expect(phone.get_by_text("验证码不正确或已失效。")).to_be_visible()
    code = re.search(r"\d{6}", letters.words(letters.awaited(post.smtp, HER_MAIL, "您的验证码是")))
    assert code is not None
    phone.get_by_label("六位验证码").fill(code.group())
    phone.get_by_role("button", name="登录").click()
    row = phone.get_by_role("listitem").filter(has_text=SUBJECT)
    expect(row).to_contain_text(NAMES["lin"])
    moments.in_every_way(phone, "portal-3-requests", accessible)


def nobody_elses_request_is_there(phone: Any, other: str) -> None:
    expect(phone.get_by_role("main")).not_to_contain_text(OTHERS)
    answer = phone.goto(f"/portal/requests/{other}/")
    assert answer.status == 404
    phone.goto("/portal/")


def she_writes_with_a_photo_and_the_agent_sees_it(
    phone: Any, she: Any, moments: Any, accessible: Any
) -> None:
    phone.get_by_role("link", name=SUBJECT).click()
    phone.get_by_label("给我们留言").fill("皮带型号在照片上。")
    phone.get_by_label("照片或文件").set_input_files(
        {"name": "皮带.png", "mimeType": "image/png", "buffer": letters.photo()}
    )
    phone.get_by_role("button", name="发送").click()
    expect(phone.get_by_text("已收到，谢谢。")).to_be_visible()
    expect(timeline(she)).to_contain_text("皮带型号在照片上。")
    expect(timeline(she).get_by_role("link", name="皮带.png")).to_be_visible()
    moments.in_every_way(phone, "portal-4-request", accessible)


def she_says_not_yet_then_solved(program: Program, phone: Any, she: Any, reference: str) -> None:
    for summary, answer in (("换了皮带。", "not yet"), ("重新张紧，试割正常。", "solved")):
        made = program.asks("POST", f"/cases/{reference}/resolution", summary=summary)
        assert made.status_code == 201, made.text
        phone.goto(f"/portal/requests/{reference}/")
        if answer == "not yet":
            customer.says_not_yet(phone, "还在打滑。")
            expect(timeline(she)).to_contain_text("客户说：还没有。还在打滑。")
        else:
            customer.says_solved(phone, "好了，谢谢。", ("好", "很好", "好", "很好", "好"))
            expect(card(she, "word")).to_contain_text("好了，谢谢。")
            expect(head(she)).to_contain_text("客户已确认")


def she_praises_and_leaves(phone: Any, she: Any, reference: str) -> None:
    phone.get_by_text(f"表扬 {NAMES['lin']}").click()
    phone.get_by_label("哪里做得好？").fill("林晓很耐心。")
    phone.get_by_role("button", name="送出表扬").click()
    expect(phone.get_by_text(f"您已表扬 {NAMES['lin']}")).to_be_visible()
    she.goto("/inbox/?view=all")
    desk.opens(she, f"表扬：{NAMES['lin']}")
    phone.get_by_role("link", name="我的请求").first.click()
    phone.get_by_role("button", name="退出登录").click()
    expect(phone.get_by_label("您的邮箱")).to_be_visible()
    phone.goto(f"/portal/requests/{reference}/")
    expect(phone.get_by_role("main")).not_to_contain_text(SUBJECT)
