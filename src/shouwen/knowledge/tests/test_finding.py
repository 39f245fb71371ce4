import pytest

from shouwen.knowledge import queries
from shouwen.knowledge.testing import a_draft, an_article
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import ANONYMOUS, SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return {
        "return": an_article("怎样退货", "签收后七天内可以退货，运费由我们承担。", keywords="退款 退换"),
        "invoice": an_article("怎样开发票", "在订单页申请电子发票，一个工作日内发到邮箱。"),
        "oil": an_article("液压油多久更换一次", "每工作1000小时更换液压油和滤芯。", audience="public"),
        "track": an_article("How to track an order", "Open the order page and look at the shipment."),
    }


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("你好，我上周买的东西想退货，运费谁出？", "return"),
        ("请问发票什么时候能开给我们公司？", "invoice"),
        ("挖掘机液压油是不是该换了，滤芯要一起换吗", "oil"),
        ("Hello, where is my order? I want to track the shipment.", "track"),
    ],
)
def test_a_customers_text_brings_the_article_that_answers_it(bank, text, first):
    found = queries.suggest_articles(text)
    assert found[0].id == bank[first].pk


def test_what_an_article_is_about_beats_a_machine_named_in_passing(bank):
    an_article("保养一次大概多少钱", "挖掘机按工时收费，人工另计。")
    wanted = an_article("机器早上打不着火，先看这几点", "电瓶亏电最常见。")
    assert queries.suggest_articles("挖掘机早上打不着火")[0].id == wanted.pk


def test_a_text_about_something_else_brings_nothing(bank):
    assert queries.suggest_articles("您好，谢谢，再见！") == []
    assert queries.suggest_articles("") == []
    assert queries.suggest_articles("今天天气真不错，我们去爬山吧") == []


def test_suggestions_show_a_person_only_what_they_may_read(bank):
    text = "液压油更换，退货运费"
    seen = {one.id for one in queries.suggest_articles(text, actor=ANONYMOUS)}
    assert seen == {bank["oil"].pk}


def test_a_draft_is_no_suggestion():
    a_draft("液压油多久更换一次", "每工作1000小时更换液压油。")
    assert queries.suggest_articles("液压油多久更换") == []


def test_words_are_found_and_the_title_counts_most(bank):
    aside = an_article("保养手册", "其中也讲液压油。")
    assert queries.found("液压油", SYSTEM) == [bank["oil"].pk, aside.pk]
    assert queries.found("液压油 滤芯", SYSTEM) == [bank["oil"].pk]
    assert queries.found("没有的词", SYSTEM) == []


def test_search_finds_a_draft_for_a_writer_only():
    draft = a_draft("液压油")
    assert queries.found("液压油", as_actor(a_person("agent"))) == [draft.pk]
    assert queries.found("液压油", as_actor(a_person("desk"))) == []


def test_only_public_articles_may_be_put_into_a_reply(bank):
    assert queries.insertable("液压油") == [bank["oil"]]
    assert queries.insertable("退货") == []


def test_a_long_mail_asks_the_database_few_questions(bank, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        queries.suggest_articles("液压油和发票，退货运费怎么算？" * 400)
