import pytest

from shouwen.knowledge.rules import asked, differences, markup, placeholders, ranking
from shouwen.knowledge.rules.reply_check import apply, check


def html(text, **files):
    return markup.to_html(text, lambda file_id: f"/files/{file_id}" if file_id == 7 else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一行\n第二行", "<p>第一行<br>第二行</p>"),
        ("# 步骤\n\n做**这个**", "<h2>步骤</h2>\n<p>做<strong>这个</strong></p>"),
        ("## 甲\n### 乙", "<h2>甲</h2>\n<h3>乙</h3>"),
        ("- 一\n- 二", "<ul><li>一</li><li>二</li></ul>"),
        ("1. 一\n2、二", "<ol><li>一</li><li>二</li></ol>"),
        ("- 一\n  接着\n完", "<ul><li>一 接着</li></ul>\n<p>完</p>"),
        ("> 引\n> 用", "<blockquote><p>引<br>用</p></blockquote>"),
        ("[手册](https://example.com/a_(b))", '<p><a href="https://example.com/a_(b)">手册</a></p>'),
        (
            "看 https://example.com/a。",
            '<p>看 <a href="https://example.com/a">https://example.com/a</a>。</p>',
        ),
        ("![图](file:7) ![别人的](file:8)", '<p><img src="/files/7" alt="图" loading="lazy"> 别人的</p>'),
        ("`a**b**`", "<p><code>a**b**</code></p>"),
        ("```\n<b>\n# x\n```", "<pre><code>&lt;b&gt;\n# x</code></pre>"),
        ("2*3*4 和 ** 空 **", "<p>2*3*4 和 ** 空 **</p>"),
    ],
)
def test_markup_becomes_this_html(text, expected):
    assert html(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[点](javascript:alert(1))",
        '![x" onerror="alert(1)](file:7)',
        "[x](data:text/html,<script>)",
        "**<img src=x onerror=alert(1)>**",
        "\x000\x00 `a`",
        'https://example.com/"onmouseover="alert(1)',
    ],
)
def test_no_markup_becomes_a_script(text):
    made = html(text)
    assert "<script" not in made
    assert "javascript:" not in made
    assert "<img src=x" not in made
    assert '" on' not in made.lower().replace("&quot;", "'")


def test_markup_reads_well_in_a_mail():
    text = "# 步骤\n\n- 打开[订单页](https://example.com/o)\n- **点**`退货`\n\n![图](file:7)"
    assert markup.to_text(text) == "步骤\n\n- 打开订单页 (https://example.com/o)\n- 点退货"


def test_differences_give_both_texts_back():
    old, new = "签收后七天内可以退货 within 7 days", "签收后十四天内可以退货 within 14 days"
    found = differences.differences(old, new)
    assert "".join(text for sort, text in found if sort != "new") == old
    assert "".join(text for sort, text in found if sort != "gone") == new
    assert ("gone", "七") in found


def test_gaps_are_named_in_order_each_once():
    assert placeholders.gaps("{{a}} {{ b }} {{a}}") == ["a", "b"]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("{{customer_name}}，您好！请稍候。", "您好！请稍候。"),
        ("尊敬的{{customer_name}}先生：\n您好！", "您好！"),
        ("Dear {{ customer_name }},\nthank you.", "thank you."),
        ("感谢您的理解，{{customer_name}}！祝好。", "感谢您的理解！祝好。"),
        ("Thank you, {{customer_name}}.", "Thank you."),
        ("机器已登记在{{customer_name}}名下。", "机器已登记在王芳名下。"),
    ],
)
def test_a_message_that_names_the_customer_is_not_given_the_name_again(body, left):
    values = {"customer_name": "王芳"}
    assert placeholders.fill(body, values, written="王芳，您好！") == left
    assert placeholders.fill(body, {}, written="{{customer_name}}，您好！") == left.replace(
        "王芳", "{{customer_name}}"
    )
    assert "王芳" in placeholders.fill(body, values, written="您好！")


def test_a_word_that_every_article_holds_is_worth_almost_nothing():
    assert ranking.idf(1, 100) > 4
    assert ranking.idf(100, 100) < 0.01


def test_words_that_say_nothing_are_left_out():
    assert ranking.asked("您好，请问我的液压油坏了？ What is the oil?") == ["液压", "压油", "油坏", "oil"]
    assert ranking.asked("你好吗 the 我们") == []


@pytest.mark.parametrize(("text", "offset", "units"), [("abc", 2, 2), ("😀不清楚", 1, 2), ("好😀x", 3, 4)])
def test_offsets_are_counted_as_a_browser_counts(text, offset, units):
    assert asked.to_utf16(text, offset) == units
    assert asked.from_utf16(text, units) == offset


def test_a_remark_about_the_whole_text_says_where_its_wording_goes():
    text = "已经寄出。"
    context = asked.context_of({"is_first_reply": "1", "customer_name": "王芳"}, text=text)
    greeting = next(remark for remark in check(text, context) if remark.sort == "greeting")
    at = asked.insert_at(text, greeting.better, apply(text, greeting))
    assert text[:at] + greeting.better + text[at:] == apply(text, greeting)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"customer_emotion": "happy"}, "customer_emotion"),
        ({"language": "fr"}, "language"),
        ({"promise_spans": "x"}, "promise_spans"),
    ],
)
def test_a_wrong_value_is_named(values, field):
    from shouwen.kernel.errors import Invalid

    with pytest.raises(Invalid) as refused:
        asked.context_of(values, text="好")
    assert refused.value.field == field
