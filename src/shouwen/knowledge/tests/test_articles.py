from datetime import timedelta

import pytest

from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused
from shouwen.knowledge import queries, services
from shouwen.knowledge.testing import AT, TODAY, a_draft, an_article
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import ANONYMOUS, SYSTEM
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=90)


def someone(*roles):
    return as_actor(a_person(*roles))


def changed(article, *, by, body="换一种说法。", **values):
    given = {"title": article.title, "keywords": article.keywords, "version": article.version, **values}
    return services.change(article_id=article.pk, body=body, at=AT, by=by, **given)


def test_an_agent_drafts_and_a_supervisor_publishes():
    agent, supervisor = someone("agent"), someone("supervisor")
    article = services.draft(title="怎样退货", body="凭订单号办理。", review_on=LATER, at=AT, by=agent)
    assert article.owner_id == agent.user_id
    with pytest.raises(Forbidden):
        services.publish(article_id=article.pk, at=AT, by=agent)
    assert services.publish(article_id=article.pk, at=AT, by=supervisor).state == "published"
    assert {row.name for row in timeline(article.subject)} == {
        "knowledge.article_drafted",
        "knowledge.article_published",
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"body": " "}, "body"),
        ({"owner_id": None}, "owner"),
        ({"review_on": None}, "review_on"),
        ({"review_on": TODAY}, "review_on"),
        ({"review_on": TODAY + timedelta(days=800)}, "review_on"),
    ],
)
def test_publishing_needs_a_text_an_owner_and_a_day_of_review(values, field):
    known = {"owner_id": a_person().pk, "review_on": LATER, **values}
    article = a_draft(**known)
    with pytest.raises(Invalid) as refused:
        services.publish(article_id=article.pk, at=AT, by=SYSTEM)
    assert refused.value.field == field


def test_an_agents_change_of_a_published_article_waits_for_a_publisher():
    agent, reviewer = someone("agent"), someone("reviewer")
    article = an_article(body="七天内退货。")
    proposed = changed(article, by=agent, body="十四天内退货。", note="新规定")
    article.refresh_from_db()
    assert (proposed.state, article.body, article.version) == ("proposed", "七天内退货。", 1)
    with pytest.raises(Forbidden):
        services.accept_change(article_id=article.pk, number=proposed.number, at=AT, by=agent)
    accepted = services.accept_change(article_id=article.pk, number=proposed.number, at=AT, by=reviewer)
    assert (accepted.body, accepted.version) == ("十四天内退货。", 2)
    with pytest.raises(Refused):
        services.decline_change(article_id=article.pk, number=2, reason="-", at=AT, by=reviewer)


def test_a_declined_change_says_why_and_leaves_the_article():
    article = an_article(body="七天内退货。")
    proposed = changed(article, by=someone("agent"), body="随时退货。")
    with pytest.raises(Invalid):
        services.decline_change(article_id=article.pk, number=2, reason=" ", at=AT, by=SYSTEM)
    services.decline_change(
        article_id=article.pk, number=proposed.number, reason="与规定不符", at=AT, by=SYSTEM
    )
    article.refresh_from_db()
    assert article.body == "七天内退货。"
    assert queries.proposals_of(article.pk) == []


def test_a_publishers_change_is_live_at_once_and_keeps_the_old_text():
    article = an_article(body="旧")
    changed(article, by=someone("supervisor"), body="新", keep={"audience": "public"})
    article.refresh_from_db()
    assert (article.body, article.version, article.audience) == ("新", 2, "public")
    assert [(v.number, v.body) for v in queries.versions_of(article.pk)] == [(2, "新"), (1, "旧")]


def test_of_two_who_change_one_version_the_second_is_told_who_was_first():
    first, second = someone("supervisor"), someone("supervisor")
    article = an_article()
    changed(article, by=first, body="一")
    with pytest.raises(Refused, match=first.name):
        changed(article, by=second, body="二", version=1)


def test_a_stranger_sees_public_published_articles_only():
    hidden, shown, draft = an_article(), an_article(audience="public"), a_draft(audience="public")
    provider, desk = someone("provider"), someone("desk")
    assert set(queries.visible_to(ANONYMOUS)) == {shown}
    assert set(queries.visible_to(provider)) == {shown}
    assert set(queries.visible_to(desk)) == {shown, hidden}
    assert set(queries.visible_to(someone("agent"))) == {shown, hidden, draft}
    with pytest.raises(NotFound):
        queries.get(draft.pk, desk)
    with pytest.raises(Forbidden):
        services.draft(title="插话", at=AT, by=provider)


def test_a_retired_article_is_found_no_more_and_comes_back_as_a_draft():
    article = an_article("发票怎样开具", "在订单页申请电子发票。")
    assert queries.suggest_articles("发票怎样开具")
    services.retire(article_id=article.pk, reason="流程已变", at=AT, by=SYSTEM)
    assert queries.suggest_articles("发票怎样开具") == []
    assert services.bring_back(article_id=article.pk, at=AT, by=SYSTEM).state == "draft"


def test_the_owner_says_that_an_article_is_still_right():
    owner = a_person("desk")
    article = an_article(owner_id=owner.pk, review_on=TODAY + timedelta(days=1))
    assert queries.due_of(owner.pk, TODAY + timedelta(days=1)).number == 1
    services.review(article_id=article.pk, review_on=LATER, at=AT, by=as_actor(owner))
    assert queries.due_of(owner.pk, TODAY + timedelta(days=1)).number is None
    with pytest.raises(Forbidden):
        services.review(article_id=article.pk, review_on=LATER, at=AT, by=someone("desk"))


def test_a_reader_has_one_vote_and_may_change_it():
    article, reader = an_article(), someone("desk")
    services.vote(article_id=article.pk, helpful=True, at=AT, by=reader)
    services.vote(article_id=article.pk, helpful=False, missing="没写运费", at=AT, by=reader)
    article.refresh_from_db()
    assert (article.helpful, article.unhelpful) == (0, 1)
    assert [vote.missing for vote in queries.complaints_of(article.pk)] == ["没写运费"]


def test_going_back_and_forth_is_one_view():
    article, reader = an_article(), someone("desk")
    services.note_view(article_id=article.pk, by=reader)
    services.note_view(article_id=article.pk, by=reader)
    services.note_view(article_id=article.pk, by=someone("desk"))
    article.refresh_from_db()
    assert article.views == 2


def test_a_question_asked_three_times_without_an_answer_becomes_a_draft():
    for number, words in enumerate(("液压油 更换", "液压油　更换", "液压油 更换？")):
        miss = services.note_miss(words=words, at=AT + timedelta(minutes=number), by=someone("agent"))
    assert (miss.count, miss.article.title, miss.article.state) == (3, "液压油 更换？", "draft")
    assert queries.misses() == []


def test_one_person_asking_again_does_not_make_a_frequent_question():
    agent = someone("agent")
    for minutes in range(5):
        miss = services.note_miss(words="液压油", at=AT + timedelta(minutes=minutes), by=agent)
    assert miss.count == 1
    assert services.note_miss(words="！？", at=AT, by=agent) is None


def test_a_draft_written_for_a_search_settles_it():
    miss = services.note_miss(words="液压油", at=AT, by=SYSTEM)
    article = a_draft("液压油多久换一次", miss_id=miss.pk)
    assert queries.miss(miss.pk).article == article
    assert queries.misses() == []


def test_a_translation_stands_beside_its_original():
    article = an_article("退货")
    english = an_article("Returns", language="en", original_id=article.pk)
    assert queries.translations_of(article, SYSTEM) == [english]
    assert queries.translations_of(english, SYSTEM) == [article]
    with pytest.raises(Invalid) as refused:
        a_draft(original_id=english.pk)
    assert refused.value.field == "original"
