import pytest

from shouwen.platform.mail.quoting import split_quoted

NEW = "挖掘机的铲斗又裂了，请今天派人来看。"
OLD = "您好，配件已经寄出。"
# name, heading of the quote, as each client writes it (texts are invented)
HEADINGS = {
    "163": '在 2024-01-01 12:00:00，"演示客服" <service@demo.example> 写道：',
    "126 with dots": 'At 2024-01-01 12:00:00, "Demo Service" <service@demo.example> wrote:',
    "netease without address": "在2024年01月01日 12:00，演示客服 写道：",
    "netease app": "---- 回复的原邮件 ----\n| 发件人 | 演示客服<service@demo.example> |\n| 日期 | 2024年01月01日 12:00 |",
    "qq": '------------------ 原始邮件 ------------------\n发件人: "演示客服" <service@demo.example>;\n'
    '发送时间: 2024年1月1日(星期一) 中午12:00\n收件人: "客户"<k@demo.example>;\n主题: Re: 铲斗',
    "qq new": "\n------------------&nbsp;原始邮件&nbsp;------------------".replace("&nbsp;", " "),
    "qq short": '---原始邮件---\n发件人: "演示客服"<service@demo.example>',
    "foxmail": "发件人： 演示客服\n发送时间： 2024-01-01 12:00\n收件人： 客户\n主题： Re: 铲斗",
    "foxmail with rule": "--------------------------------\n\n发件人：演示客服\n发送时间：2024-01-01 12:00\n收件人：客户",
    "outlook zh": "________________________________\n发件人: 演示客服 <service@demo.example>\n"
    "发送时间: 2024年1月1日 12:00\n收件人: 客户\n主题: Re: 铲斗",
    "outlook en": "From: Demo Service <service@demo.example>\nSent: Monday, January 1, 2024 12:00 PM\n"
    "To: Customer <k@demo.example>\nSubject: RE: Bucket",
    "outlook en bold": "*From:* Demo Service <service@demo.example>\n*Sent:* Monday, January 1, 2024 12:00 PM\n"
    "*To:* Customer",
    "outlook old": "-----Original Message-----\nFrom: Demo Service\nSent: Monday",
    "outlook old zh": "-----邮件原件-----\n发件人: 演示客服 [mailto:service@demo.example]\n"
    "发送时间: 2024年1月1日 12:00\n收件人: 客户",
    "outlook traditional": "寄件者: 演示客服\n寄件日期: 2024年1月1日 12:00\n收件者: 客户\n主旨: RE: 鏟斗",
    "gmail en": "On Mon, Jan 1, 2024 at 12:00 PM Demo Service <service@demo.example> wrote:",
    "gmail en broken": "On Mon, Jan 1, 2024 at 12:00 PM Demo Service of the Equipment Company\n"
    "<service@demo.example> wrote:",
    "gmail zh": "演示客服 <service@demo.example> 于2024年1月1日周一 12:00写道：",
    "gmail zh broken": "演示客服 <service@demo.example> 于2024年1月1日周一\n12:00写道：",
    "gmail traditional": "演示客服 <service@demo.example> 於 2024年1月1日 週一 下午12:00寫道：",
    "apple": "> 在 2024年1月1日，12:00，演示客服 <service@demo.example> 写道：\n>",
    "apple en": "On Jan 1, 2024, at 12:00, Demo Service <service@demo.example> wrote:",
    "thunderbird zh": "在 2024/1/1 12:00, 演示客服 写道:",
    "thunderbird en": "On 1/1/24 12:00, Demo Service wrote:",
    "forward": "---------- Forwarded message ----------\nFrom: Demo Service <service@demo.example>",
    "forward zh": "---------- 转发邮件信息 ----------\n发件人：演示客服",
    "dingtalk": "------------------------------------------------------------------\n"
    "发件人：演示客服<service@demo.example>\n"
    "发送时间：2024年1月1日(星期一) 12:00\n收件人：客户<k@demo.example>\n主　题：Re:铲斗",
}


@pytest.mark.parametrize("name", HEADINGS)
def test_the_quote_of_each_client_is_folded_away(name: str) -> None:
    marked = f"> {OLD}" if name in ("apple", "thunderbird zh") else OLD
    split = split_quoted(f"{NEW}\n\n{HEADINGS[name]}\n\n{marked}\n")
    assert split.text == NEW
    assert OLD in split.quoted


@pytest.mark.parametrize(
    "text",
    [
        "老板昨天跟我说：\n他写道：\n请尽快处理",
        "My manager wrote:\nplease hurry",
        "From: 上海\n到北京的车票丢了",
        "订单号 > 1000 的都没有到货",
        "> 一行引文在前\n这才是我要说的，\n> 又一行引文\n中间还有回答",
        "日期：2024-01-01\n型号：X100",
        "-- \n只有签名",
        "",
    ],
)
def test_what_is_no_quotation_stays(text: str) -> None:
    assert split_quoted(text).text == text.strip()


def test_an_answer_between_quoted_lines_stays_whole() -> None:
    text = "你好\n\n> 什么型号？\nX100\n> 哪一年买的？\n2023年"
    assert split_quoted(text).text == text


def test_an_answer_below_the_quote_is_the_new_part() -> None:
    split = split_quoted(f"On 1/1/24 12:00, Demo Service wrote:\n> {OLD}\n> 请查收。\n\n{NEW}\n")
    assert split.text == NEW
    assert OLD in split.quoted


def test_a_mail_that_is_only_a_forward_is_shown() -> None:
    text = "---------- Forwarded message ----------\nFrom: Demo Service <service@demo.example>\n\n" + OLD
    assert OLD in split_quoted(text).text


def test_signatures_are_taken_off() -> None:
    split = split_quoted(f"{NEW}\n\n-- \n演示公司 采购部\n电话 010-00000000\n")
    assert split.text == NEW
    assert "采购部" in split.signature


@pytest.mark.parametrize(
    "line", ["发自我的iPhone", "Sent from my iPhone", "发自我的小米手机", "来自我的华为手机"]
)
def test_a_phones_signature_is_no_text(line: str) -> None:
    assert split_quoted(f"{NEW}\n\n{line}\n").text == NEW
    assert split_quoted(f"{NEW}\n\n{line}\n\n在 2024-01-01 12:00，演示客服 写道：\n\n{OLD}").text == NEW
