"""The detained technician: by night a customer holds him and the car; he gets help, and the customer is served on."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.story import desk
from tests.story.company import Company
from tests.story.desk import head, timeline

pytestmark = [pytest.mark.browser, pytest.mark.story, pytest.mark.slow]

WORDS = "三千块不退，人和车今天都别想走！"


@pytest.fixture(scope="module")
def night(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Company, str]]:
    with Company(tmp_path_factory.mktemp("night") / "installation") as company:
        known = json.loads(company._inside("detained.py"))
        assert known["night"]
        yield company, known["reference"]


def test_a_technician_is_held_on_site_and_the_service_goes_on(
    night: tuple[Company, str], people_at: Any, moments: Any, accessible: Any, tmp_path: Path
) -> None:
    company, reference = night
    she = company.signs_in(people_at(company.url), "lin")
    she.goto(f"/cases/{reference}/")
    desk.gives_word(she, "一小时内给李经理答复退费", minutes=60)
    due = due_of(desk.owed(she, "一小时内给李经理答复退费"))
    address = she_registers_what_he_says_on_the_phone(she, tmp_path)
    moments.in_every_way(she, "threat-1-registered", accessible)
    lawyer = company.signs_in(people_at(company.url), "he")
    the_lawyer_hears_of_it_at_once(lawyer, address)
    chief = company.signs_in(people_at(company.url), "fang")
    she_asks_who_can_decide_and_is_granted(she, chief, address)
    the_steps_are_recorded(she, lawyer, address)
    moments.in_every_way(lawyer, "threat-2-course", accessible)
    the_legal_team_takes_the_pack(chief, address, tmp_path)
    the_outcome_is_recorded(lawyer, address)
    the_service_goes_on(she, reference, due)
    chief.goto("/complaints/threats/?state=all")
    expect(chief.get_by_role("row").nth(1)).to_contain_text("平安化解")
    moments.in_every_way(chief, "threat-3-register", accessible)


def she_registers_what_he_says_on_the_phone(she: Any, folder: Path) -> str:
    desk.chooses(she, "登记威胁")
    form = she.get_by_test_id("deed")
    form.get_by_role("radio", name="扣人扣物").check()
    form.get_by_label("谁受到威胁").fill("现场工程师陈师傅")
    form.get_by_label("原话").fill(WORDS)
    form.get_by_label("被扣的人或物").fill("陈师傅本人和工程车（苏A·D1234）")
    she.locator("[name=place]").fill("城东工地三号门")
    recording = folder / "现场录音.txt"
    recording.write_text("陈师傅：他们把门锁了。", encoding="utf-8")
    she.locator("input[name=file]").set_input_files(recording)
    form.get_by_role("button", name="登记并立即通知").click()
    expect(she.get_by_text("已登记，指定的人已收到通知。")).to_be_visible()
    expect(she.locator("#safety")).to_contain_text("人比车和设备重要")
    expect(she.locator("#about")).to_contain_text("何律师")
    expect(she.locator("#course")).to_contain_text(WORDS)
    return str(she.url)


def the_lawyer_hears_of_it_at_once(lawyer: Any, address: str) -> None:
    lawyer.goto("/notices/")
    notice = lawyer.get_by_role("listitem").filter(has_text="扣人扣物").first
    expect(notice).to_contain_text("现场工程师陈师傅")
    notice.get_by_role("button").first.click()
    lawyer.wait_for_url(address)
    lawyer.get_by_role("button", name="我来接手").click()
    expect(lawyer.locator("#standing")).to_contain_text("何律师 正在处理")


def she_asks_who_can_decide_and_is_granted(she: Any, chief: Any, address: str) -> None:
    she.goto(address)
    authority = she.locator("#authority")
    expect(authority).to_contain_text("方总")
    authority.get_by_label("现场需要什么").fill("先退维修费三千元，人车放行")
    authority.locator("[name=remedy]").select_option("refund")
    authority.locator("[name=amount]").fill("3000")
    authority.get_by_role("button", name="请示所有能决定的人").click()
    expect(she.get_by_text("已请示所有现在能决定的人。")).to_be_visible()
    chief.goto(address)
    chief.locator("#authority").get_by_role("button", name="批准").click()
    expect(chief.locator("#authority")).to_contain_text("已批准")
    she.goto(address)
    expect(she.locator("#course")).to_contain_text("已批准：先退维修费三千元")


def the_steps_are_recorded(she: Any, lawyer: Any, address: str) -> None:
    for who, sort, text in (
        (she, "contact", "与陈师傅通话：人平安，手机电量四成，约定每15分钟一次电话。"),
        (lawyer, "outside", "已拨打110，民警十分钟内到。"),
        (she, "talk", "告诉李经理退费已获批准，请他放行。"),
    ):
        who.goto(address)
        form = who.get_by_test_id("step")
        form.locator("[name=text]").fill(text)
        form.locator("[name=sort]").select_option(sort)
        form.get_by_role("button", name="记录步骤").click()
        expect(who.locator("#course")).to_contain_text(text)


def the_legal_team_takes_the_pack(chief: Any, address: str, folder: Path) -> None:
    chief.goto(address)
    with chief.expect_download() as taken:
        chief.get_by_role("button", name="证据包").click()
    path = folder / "pack.zip"
    taken.value.save_as(path)
    pack = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    names = {name.split("/", 1)[1]: name for name in pack.namelist()}
    lines = pack.read(names["manifest.sha256"]).decode().splitlines()
    for digest, name in (line.split("  ", 1) for line in lines):
        assert hashlib.sha256(pack.read(names[name])).hexdigest() == digest, name
    assert len(lines) == len(names) - 1
    page = pack.read(names["index.html"]).decode()
    for words in (WORDS, "已拨打110", "修了三次还漏油", "方总", "现场录音.txt"):
        assert words in page, words
    pack.extractall(folder / "unpacked")
    (root,) = (folder / "unpacked").iterdir()
    chief.context.set_offline(True)
    reader = chief.context.new_page()
    reader.goto((root / "index.html").as_uri())
    expect(reader.get_by_role("heading", level=1)).to_contain_text("扣人扣物")
    reader.close()
    chief.context.set_offline(False)


def the_outcome_is_recorded(lawyer: Any, address: str) -> None:
    lawyer.goto(address)
    form = lawyer.get_by_test_id("outcome")
    form.get_by_role("radio", name="平安化解").check()
    form.get_by_label("说明").fill("民警到场，人车离开，无人受伤。")
    form.get_by_role("button", name="记录结果").click()
    expect(lawyer.locator("#standing")).to_contain_text("平安化解")


def due_of(promise: Any) -> str:
    """When it is due, and who owes it; how long that is from now goes down while one reads."""
    return next(line for line in promise.inner_text().splitlines() if " · " in line)


def the_service_goes_on(she: Any, reference: str, due: str) -> None:
    """The same owner, the same promise; the complaint goes its way; and the ledger tells the night."""
    she.goto(f"/cases/{reference}/")
    expect(head(she)).to_contain_text("林晓")
    assert due_of(desk.owed(she, "一小时内给李经理答复退费")) == due
    expect(timeline(she)).to_contain_text("威胁结束：平安化解")
    she.goto(f"/cases/{reference}/events/")
    expect(she.get_by_role("row").filter(has_text="complaints.threat_packed")).to_contain_text("方总")
    she.goto(f"/complaints/{reference}/receipt/")
    she.get_by_test_id("deed").locator("[name=remedy_sought]").fill("退维修费三千元")
    she.get_by_test_id("deed").get_by_role("button").first.click()
    she.goto(f"/complaints/{reference}/")
    she.get_by_role("button", name="通过此阶段").click()
    expect(she.locator(".stage[aria-current=step]")).to_contain_text("已告知收悉")
