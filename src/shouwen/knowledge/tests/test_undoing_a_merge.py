"""An article merge by mistake comes apart again: as before, and what happened since stays where it happened."""

from datetime import timedelta

import pytest
from django.urls import reverse

from shouwen.kernel.errors import Forbidden, NotFound, Refused
from shouwen.knowledge import queries, services
from shouwen.knowledge.models import Article, ArticleUse, ArticleVote, SearchMiss
from shouwen.knowledge.rules.merging import joined_keywords, parted_keywords
from shouwen.knowledge.testing import AT, a_draft, an_article
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)
KEPT = [field.attname for field in Article._meta.concrete_fields if field.name != "updated_at"]


def merged(stays, goes, at=AT):
    services.merge_articles(article_id=stays.pk, other_id=goes.pk, at=at, by=SYSTEM)
    return queries.merges_of(goes.pk)[0]


def undone(made, at=LATER, by=SYSTEM):
    return services.undo_merge(merge_id=made.pk, at=at, by=by)


def votes(article, helpful, voter, at=AT, missing=""):
    services.vote(article_id=article.pk, helpful=helpful, missing=missing, at=at, by=as_actor(voter))


def used(article, *cases):
    for case in cases:
        services.link_article(article_id=article.pk, subject=("case", case), at=AT, by=SYSTEM)


def everything():
    """All that a merge touches, as plain values."""
    return {
        "articles": list(Article.objects.order_by("pk").values(*KEPT)),
        "votes": sorted(ArticleVote.objects.values_list("article", "user_id", "helpful", "missing", "at")),
        "uses": sorted(ArticleUse.objects.values_list("article", "subject_kind", "subject_id", "at")),
        "misses": sorted(SearchMiss.objects.values_list("article", "words")),
        "terms": sorted(Article.objects.values_list("pk", "terms__term", "terms__weight")),
        "versions": sorted(Article.objects.values_list("pk", "versions__number", "versions__title")),
    }


@pytest.fixture
def pair():
    """Votes of the same person on both, views, uses, a search, a translation, votes of readers without account."""
    stays, goes = an_article("怎样退货", keywords="退款"), an_article("退货怎样办理", keywords="退换")
    li, wang = a_person(), a_person()
    votes(stays, True, li), votes(goes, True, li), votes(goes, False, wang, missing="地址")
    services.count_vote(article_id=goes.pk, helpful=True, reader="somebody", at=AT, by=SYSTEM)
    services.note_view(article_id=stays.pk, by=as_actor(li))
    for reader in "abc":
        services.note_view(article_id=goes.pk, by=SYSTEM, reader=reader)
    used(stays, 1), used(goes, 1, 2)
    miss = services.note_miss(words="退货地址", at=AT, by=SYSTEM)
    SearchMiss.objects.filter(pk=miss.pk).update(article=goes, settled_at=AT)
    an_article("How to return", language="en", original_id=goes.pk)
    stays.refresh_from_db(), goes.refresh_from_db()
    return stays, goes


def test_after_an_undo_everything_is_as_before(pair):
    before = everything()
    made = merged(*pair)
    stays = Article.objects.get(pk=pair[0].pk)
    assert (stays.helpful, stays.unhelpful, stays.views) == (2, 1, 4)
    assert stays.translations.count() == 1
    assert stays.misses.count() == 1
    undone(made)
    assert everything() == before
    assert queries.merges_of(stays.pk) == []


def test_an_undo_stands_in_the_history_of_both(pair):
    undone(merged(*pair))
    for article in pair:
        event = timeline(article.subject)[-1]
        assert event.name == "knowledge.merge_undone"
        assert event.data == {"article_id": pair[0].pk, "merged_id": pair[1].pk, "title": "退货怎样办理"}


def test_a_draft_that_was_merged_is_a_draft_again():
    stays, goes = an_article("怎样退货"), a_draft("退货怎样办理")
    undone(merged(stays, goes))
    goes.refresh_from_db()
    assert (goes.state, goes.merged_into_id, goes.retired_reason) == ("draft", None, "")


def test_what_readers_did_since_stays_where_they_did_it(pair):
    stays, goes = pair
    made = merged(stays, goes)
    chen = a_person()
    votes(stays, True, chen, at=LATER)
    services.note_view(article_id=stays.pk, by=SYSTEM, reader="since")
    used(stays, 3)
    undone(made)
    stays.refresh_from_db(), goes.refresh_from_db()
    assert (stays.helpful, stays.unhelpful, stays.views) == (2, 0, 2)
    assert (goes.helpful, goes.unhelpful, goes.views) == (2, 1, 3)
    assert sorted(queries.uses_of(stays.pk)) == [1, 3]
    assert sorted(queries.uses_of(goes.pk)) == [1, 2]
    assert queries.vote_of(stays.pk, chen.pk) is not None


def test_who_voted_anew_since_has_the_new_vote_here_and_the_old_one_there():
    stays, goes, li = an_article("怎样退货"), an_article("退货怎样办理"), a_person()
    votes(goes, True, li)
    made = merged(stays, goes)
    votes(stays, False, li, at=LATER, missing="地址")
    undone(made)
    stays.refresh_from_db(), goes.refresh_from_db()
    assert (stays.helpful, stays.unhelpful) == (0, 1)
    assert (goes.helpful, goes.unhelpful) == (1, 0)
    assert queries.vote_of(stays.pk, li.pk).missing == "地址"
    assert queries.vote_of(goes.pk, li.pk).helpful is True


def test_who_voted_on_the_retired_one_since_has_one_vote_there():
    stays, goes, li = an_article("怎样退货"), an_article("退货怎样办理"), a_person()
    votes(goes, True, li)
    made = merged(stays, goes)
    votes(goes, False, li, at=LATER)
    undone(made)
    stays.refresh_from_db(), goes.refresh_from_db()
    assert (stays.helpful, stays.unhelpful) == (0, 0)
    assert (goes.helpful, goes.unhelpful) == (0, 1)
    assert ArticleVote.objects.count() == 1


def test_a_text_changed_since_stays_and_loses_only_the_words_of_the_other():
    stays, goes = an_article("怎样退货", keywords="退款"), an_article("退货怎样办理", keywords="退换")
    made = merged(stays, goes)
    stays.refresh_from_db()
    keywords = f"{stays.keywords} 七天"
    services.change(
        article_id=stays.pk,
        version=1,
        title="退货",
        body="凭订单号。",
        keywords=keywords,
        at=LATER,
        by=SYSTEM,
    )
    undone(made)
    stays.refresh_from_db()
    assert (stays.title, stays.body, stays.version, stays.keywords) == ("退货", "凭订单号。", 2, "退款 七天")


def test_words_that_another_merged_article_brings_too_stay():
    assert joined_keywords("退款", "怎样退货", "退款 退换") == "退款 怎样退货 退换"
    gone = {"was": "退款", "became": "退款 怎样退货 退换"}
    assert parted_keywords("退款 怎样退货 退换", **gone, others=[]) == "退款"
    assert parted_keywords("退款 怎样退货 退换", **gone, others=["包退 退换"]) == "退款 退换"
    assert parted_keywords("怎样退货 七天", **gone, others=[]) == "七天"


def test_two_merges_come_apart_in_either_order():
    stays, one, two = an_article("怎样退货"), an_article("退货怎样办理"), an_article("能退吗")
    before = everything()
    first, second = merged(stays, one), merged(stays, two)
    undone(first)
    undone(second)
    assert everything() == before


def test_twice_is_refused_and_changes_nothing(pair):
    made = merged(*pair)
    undone(made)
    before = everything()
    with pytest.raises(Refused):
        undone(made)
    assert everything() == before


def test_a_later_merge_of_the_one_that_stays_is_undone_first(pair):
    before = everything()
    first = merged(*pair)
    last = an_article("退换货须知")
    second = merged(last, Article.objects.get(pk=pair[0].pk))
    with pytest.raises(Refused):
        undone(first)
    undone(second)
    undone(first)
    rows = everything()
    assert rows["votes"] == before["votes"]
    assert rows["uses"] == before["uses"]
    assert rows["articles"][:-1] == before["articles"]


def test_one_brought_back_by_itself_has_nothing_left_to_undo_and_can_be_merged_again(pair):
    stays, goes = pair
    made = merged(stays, goes)
    services.bring_back(article_id=goes.pk, at=LATER, by=SYSTEM)
    with pytest.raises(Refused):
        undone(made)
    assert queries.merges_of(goes.pk) == []
    assert merged(stays, goes, at=LATER).pk != made.pk


def test_who_may_not_publish_undoes_nothing(pair):
    made = merged(*pair)
    with pytest.raises(Forbidden):
        undone(made, by=as_actor(a_person("agent")))
    with pytest.raises(NotFound):
        services.undo_merge(merge_id=made.pk + 1, at=LATER, by=SYSTEM)


@pytest.fixture
def signed_in(client):
    def sign_in(*roles):
        staff = a_person(*roles)
        client.force_login(staff.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    return sign_in


def test_one_click_on_either_page_takes_them_apart(client, signed_in, pair):
    stays, goes = pair
    address = reverse("knowledge:undo-merge", args=[merged(stays, goes).pk])
    pages = [reverse("knowledge:article", args=[one.pk]) for one in (stays, goes)]
    signed_in("supervisor")
    for page in pages:
        text = client.get(page).content.decode()
        assert f'action="{address}"' in text
        assert "撤销合并" in text
    assert client.post(address)["Location"] == pages[1]
    for page in pages:
        text = client.get(page).content.decode()
        assert f'action="{address}"' not in text
        assert "合并已撤销：退货怎样办理" in text
    assert client.post(address).status_code == 409


def test_a_stranger_and_a_colleague_who_does_not_publish_see_no_button(client, signed_in, pair):
    stays, _goes = pair
    address = reverse("knowledge:undo-merge", args=[merged(*pair).pk])
    assert client.post(address).status_code == 302
    signed_in("agent")
    assert address not in client.get(reverse("knowledge:article", args=[stays.pk])).content.decode()
    assert client.post(address).status_code == 403
    assert queries.merges_of(stays.pk)
    signed_in("supervisor")
    assert client.post(reverse("knowledge:undo-merge", args=[999_999])).status_code == 404
