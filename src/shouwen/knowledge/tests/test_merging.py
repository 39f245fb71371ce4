"""Duplicates are found and become one; where an article answered is known."""

import pytest

from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.knowledge import queries, services
from shouwen.knowledge.models import ArticleUse
from shouwen.knowledge.rules import frequent
from shouwen.knowledge.testing import AT, a_draft, an_article
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM

pytestmark = pytest.mark.django_db


def merged(stays, goes, by=SYSTEM):
    return services.merge_articles(article_id=stays.pk, other_id=goes.pk, at=AT, by=by)


def test_two_articles_become_one_with_the_votes_views_and_uses_of_both():
    stays, goes = an_article("怎样退货"), an_article("退货怎样办理", keywords="退换")
    li, wang = as_actor(a_person()), as_actor(a_person())
    for article, voter in ((stays, li), (goes, li), (goes, wang)):
        services.vote(article_id=article.pk, helpful=True, at=AT, by=voter)
    services.link_article(article_id=stays.pk, subject=("case", 1), at=AT, by=SYSTEM)
    for case in (1, 2):
        services.link_article(article_id=goes.pk, subject=("case", case), at=AT, by=SYSTEM)
    merged(stays, goes)
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.helpful, stays.unhelpful) == (2, 0)
    assert sorted(queries.uses_of(stays.pk)) == [1, 2]
    assert (goes.state, goes.merged_into_id) == ("retired", stays.pk)
    assert "退换" in stays.keywords
    assert "怎样退货" in goes.retired_reason


def test_the_one_that_stays_is_found_by_the_words_of_the_other():
    stays, goes = an_article("怎样退货"), an_article("机器不合适能换吗")
    merged(stays, goes)
    assert [each.id for each in queries.suggest_articles("机器不合适能换吗")] == [stays.pk]


def test_an_article_brought_back_stands_by_itself_again():
    stays, goes = an_article("怎样退货"), an_article("退货怎样办理")
    merged(stays, goes)
    back = services.bring_back(article_id=goes.pk, at=AT, by=SYSTEM)
    assert (back.state, back.merged_into_id) == ("draft", None)


def test_what_cannot_be_merged_is_refused_with_its_reason():
    stays, english = an_article("怎样退货"), an_article("How to return", language="en")
    for other in (stays, english):
        with pytest.raises(Invalid) as refused:
            merged(stays, other)
        assert refused.value.field == "other"
    retired = an_article("旧条目")
    services.retire(article_id=retired.pk, reason="过时", at=AT, by=SYSTEM)
    with pytest.raises(Refused):
        merged(stays, retired)
    with pytest.raises(Forbidden):
        merged(stays, a_draft("新条目"), by=as_actor(a_person("agent")))


def test_a_title_that_asks_much_the_same_is_shown_as_perhaps_the_same():
    here = an_article("液压泵漏油怎么处理")
    same, _other = an_article("液压泵漏油怎样处理"), an_article("发票怎样开具")
    an_article("Hydraulic pump", language="en")
    assert [each.pk for each in queries.duplicates_of(here, SYSTEM)] == [same.pk]


def test_an_article_said_word_for_word_in_a_reply_is_written_down_once():
    body = "请先关机，等油温降到四十度以下，再检查回油管接头的密封圈是否老化，必要时更换。"
    article = an_article("液压泵漏油怎么处理", body)
    text = f"您好，关于液压泵漏油：\n{body}\n祝好"
    assert services.record_articles(subject=("case", 5), text=text, at=AT) == [article.pk]
    services.record_articles(subject=("case", 5), text=text, at=AT)
    assert ArticleUse.objects.count() == 1
    assert services.record_articles(subject=("case", 6), text="液压泵漏油请稍候", at=AT) == []


def test_questions_asked_alike_are_counted_together():
    subjects = ["液压泵漏油怎么办", "液压泵漏油", "请问液压泵漏油了怎么办", "发票开错了", "液压泵漏油，急"]
    (question,) = frequent.frequent(enumerate(subjects))
    assert question.ids == [0, 1, 2, 4]
    assert frequent.frequent(enumerate(["好的", "谢谢", ""])) == []
