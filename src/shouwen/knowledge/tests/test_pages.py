import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from shouwen.knowledge import queries, services
from shouwen.knowledge.models import Article, ArticleFile, SearchMiss, TabooPhrase, Template, Wording
from shouwen.knowledge.testing import a_draft, a_phrase, a_template, a_wording, an_article
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM, now

pytestmark = pytest.mark.django_db
# A picture of one point, the smallest PNG a browser shows.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "e221bc330000000049454e44ae426082"
)


@pytest.fixture
def signed_in(client):
    def sign_in(*roles):
        staff = a_person(*roles)
        client.force_login(staff.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return staff

    return sign_in


def text_of(response):
    return response.content.decode()


def at(name, *args):
    return reverse(f"knowledge:{name}", args=args)


@pytest.fixture
def held():
    """One of everything."""
    article = an_article("怎样退货", "# 步骤\n\n- 打开[订单页](https://example.com)")
    miss = services.note_miss(words="旧机器", at=now(), by=SYSTEM)
    jargon = services.save_jargon(term="铲装单", better="装载记录", at=now(), by=SYSTEM)
    return {
        "articles": [], "new": [], "article": [article.pk], "edit": [article.pk], "versions": [article.pk],
        "templates": [], "new-template": [], "template": [a_template().pk], "wordings": [], "new-wording": [],
        "wording": [a_wording().pk], "phrases": [], "new-phrase": [], "phrase": [a_phrase("亲，").pk],
        "figures": [], "new-jargon": [], "jargon": [jargon.pk], "miss": [miss.pk],
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_for_a_supervisor(client, signed_in, held, language):
    me = signed_in("supervisor")
    me.user.language = language
    me.user.save()
    for name, args in held.items():
        if name != "miss":
            response = client.get(at(name, *args))
            assert response.status_code == 200, name
            assert "<h1" in text_of(response)


def test_a_provider_is_kept_out_and_a_stranger_sent_to_sign_in(client, signed_in, held):
    pages = [at(name, *args) for name, args in held.items() if name != "miss"]
    pages += [at("templates-json")]
    assert all(client.get(page).status_code == 302 for page in pages)
    signed_in("provider")
    assert all(client.get(page).status_code == 403 for page in pages)


def test_the_desk_reads_and_does_not_write(client, signed_in, held):
    signed_in("desk")
    assert client.get(at("article", *held["article"])).status_code == 200
    for name in ("new", "edit", "new-template", "wording", "phrase"):
        assert client.get(at(name, *held[name])).status_code == 403, name
    assert client.post(at("retirement", *held["article"]), {"reason": "x"}).status_code == 403
    assert client.post(at("drop-miss", *held["miss"])).status_code == 403


def test_a_draft_does_not_exist_for_who_only_reads(client, signed_in):
    draft = a_draft()
    signed_in("desk")
    for name in ("article", "versions"):
        assert client.get(at(name, draft.pk)).status_code == 404
    assert client.post(at("vote", draft.pk), {"helpful": "yes"}).status_code == 404


def test_an_article_goes_from_first_word_to_live(client, signed_in):
    owner, later = signed_in("supervisor"), timezone.localdate(now()) + timedelta(days=90)
    client.post(at("new"), {"title": "怎样退货", "body": "凭订单号", "owner": owner.pk, "review_on": later})
    article = Article.objects.get()
    assert article.state == "draft"
    client.post(at("publication", article.pk))
    values = {
        "title": article.title,
        "body": "凭**订单号**",
        "version": 1,
        "note": "加粗",
        "review_on": later,
    }
    client.post(at("edit", article.pk), {**values, "owner": owner.pk})
    page = text_of(client.get(at("article", article.pk)))
    assert "凭<strong>订单号</strong>" in page
    client.post(at("retirement", article.pk), {"reason": "流程已变"})
    article.refresh_from_db()
    assert (article.state, article.version) == ("retired", 2)


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(client, signed_in):
    signed_in("agent")
    response = client.post(at("new"), {"title": "", "body": "很长的答案", "owner": "999999"})
    assert response.status_code == 422
    assert "id_title-error" in text_of(response)
    assert "很长的答案" in text_of(response)
    assert not Article.objects.exists()


def test_a_picture_is_shown_and_another_articles_picture_is_not(client, signed_in):
    signed_in("supervisor")
    picture = SimpleUploadedFile("图 1.png", PNG, "image/png")
    client.post(at("new"), {"title": "看图", "body": "如下", "attachments": picture})
    article, kept = Article.objects.get(), ArticleFile.objects.get()
    assert article.body == f"如下\n\n![图 1.png](file:{kept.file_id})\n"
    page = text_of(client.get(at("article", article.pk)))
    assert 'alt="图 1.png"' in page
    assert "/files/" in page
    other = a_draft("偷图", f"![图](file:{kept.file_id})")
    assert "/files/" not in text_of(client.get(at("article", other.pk)))


def test_html_in_an_article_stays_text(client, signed_in):
    signed_in("desk")
    article = an_article("试", "<script>alert(1)</script> [x](javascript:alert(1))")
    page = text_of(client.get(at("article", article.pk)))
    assert "&lt;script&gt;alert(1)" in page
    assert "javascript:alert" not in page


def test_looking_for_what_is_not_there_is_written_down_once_a_full_search(client, signed_in):
    signed_in("agent")
    client.get(at("articles"), {"q": "挖斗型号"}, headers={"HX-Request": "true"})
    assert not SearchMiss.objects.exists()
    response = client.get(at("articles"), {"q": "挖斗型号"})
    assert "挖斗型号" in text_of(response)
    assert SearchMiss.objects.get().count == 1


def test_a_search_marks_its_words_and_asks_few_questions(client, signed_in, django_assert_max_num_queries):
    signed_in("desk")
    for number in range(12):
        an_article(f"退货说明 {number}", "签收后七天内可以退货。")
    with django_assert_max_num_queries(22):
        page = text_of(client.get(at("articles"), {"q": "退货"}))
    assert page.count("<mark>退货</mark>") >= 12


def test_a_proposal_is_decided_on_its_page(client, signed_in):
    article = an_article(body="七天内退货。")
    services.change(
        article_id=article.pk, version=1, title=article.title, body="十四天内退货。",
        at=now(), by=as_actor(a_person("agent")),
    )  # fmt: skip
    signed_in("reviewer")
    page = text_of(client.get(at("versions", article.pk), {"number": 2}))
    assert "<del>七</del><ins>十四</ins>" in page
    refused = client.post(at("decision", article.pk, 2), {"decision": "decline"})
    assert refused.status_code == 422
    assert "id_reason-error" in text_of(refused)
    client.post(at("decision", article.pk, 2), {"decision": "accept"})
    article.refresh_from_db()
    assert article.body == "十四天内退货。"


def test_a_template_a_wording_and_a_phrase_are_kept_by_form(client, signed_in):
    signed_in("chief")
    today = timezone.localdate(now())
    form = {"name": "问候", "body": "您好，{{customer_name}}", "sort": "greeting", "language": "zh-hans"}
    client.post(at("new-template"), {**form, "active": "1"})
    client.post(
        at("new-wording"), {"topic": "运费", "text": "我们承担。", "language": "zh-hans", "valid_from": today}
    )
    client.post(at("new-phrase"), {"phrase": "亲，", "sort": "taboo", "active": "1"})
    assert (Template.objects.get().name, TabooPhrase.objects.get().phrase) == ("问候", "亲，")
    found = Wording.objects.get()
    tomorrow = today + timedelta(days=1)
    client.post(at("wording", found.pk), {"text": "满99元免费。", "valid_from": tomorrow})
    assert Wording.objects.count() == 2
    refused = client.post(at("end-wording", found.pk), {"last_day": today})
    assert refused.status_code == 422
    assert "id_reason-error" in text_of(refused)


def test_the_check_answers_in_the_readers_language_as_a_browser_counts(client, signed_in):
    me = signed_in("desk")
    for language, word in (("zh-hans", "规定"), ("en", "rule")):
        me.user.language = language
        me.user.save()
        values = {"text": "😀这是规定。", "customer_emotion": "calm"}
        for answer in (
            client.post(at("check"), values),
            client.post(at("check"), json.dumps(values), content_type="application/json"),
        ):
            (remark,) = answer.json()["remarks"]
            assert (remark["start"], remark["end"], remark["sort"]) == (2, 6, "taboo")
            assert word in remark["reason"]
            assert remark["better"]


@pytest.mark.parametrize(
    "sent", [b"no json", b"[]", b'{"text": 1}', b'{"text": "a", "customer_emotion": "glad"}']
)
def test_a_check_that_cannot_be_read_is_refused_by_field(client, signed_in, sent):
    signed_in("desk")
    answer = client.post(
        at("check"), sent, content_type="application/json", headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json()["field"]


def test_slash_offers_templates_wordings_and_articles(client, signed_in):
    made = a_template("退货说明", "{{customer_name}}，可以退货。")
    a_wording("退货运费", "由我们承担。", valid_from=timezone.localdate(now()))
    an_article("怎样退货", "凭**订单号**。", audience="public")
    signed_in("agent")
    items = client.get(at("templates-json"), {"q": "退货"}).json()["items"]
    assert [(one["kind"], one["text"]) for one in items] == [
        ("template", "{{customer_name}}，可以退货。"),
        ("wording", "由我们承担。"),
        ("article", "凭订单号。"),
    ]
    filled = client.post(at("use-template", made.pk), {"customer_name": "王芳"})
    assert filled.json() == {"text": "王芳，可以退货。"}


def test_trying_the_check_keeps_nothing(client, signed_in):
    signed_in("desk")
    page = text_of(client.post(at("phrases"), {"text": "这是规定。<b>"}))
    assert '<mark class="finding finding-taboo">这是规定</mark>' in page
    assert "&lt;b&gt;" in page


def test_the_rail_counts_my_articles_to_be_looked_at(client, signed_in):
    owner = signed_in("agent")
    an_article(owner_id=owner.pk, review_on=timezone.localdate(now()) + timedelta(days=1))
    Article.objects.update(review_on=timezone.localdate(now()))
    assert queries.due_of(owner.pk, timezone.localdate(now())).number == 1
    assert "待复核" in text_of(client.get(at("articles"), {"mine": "1", "due": "1"}))


def test_a_supervisor_sees_what_was_left_in_replies_and_an_agent_does_not(client, signed_in):
    team = a_team("Service")
    services.measure_reply(text="这是规定。", staff_id=a_person().pk, team_id=team.pk, at=now())
    signed_in("supervisor")
    shown = text_of(client.get(at("figures")))
    assert "Service" in shown
    assert "服务忌语 1" in shown
    assert "Service" in text_of(client.get(reverse("cases:supervisor")))
    assert client.get(at("figures"), {"month": "2026-99"}).status_code == 422
    signed_in("agent")
    assert client.get(at("figures")).status_code == 403


def test_a_publisher_merges_what_is_perhaps_the_same(client, signed_in):
    signed_in("supervisor")
    here, other = an_article("液压泵漏油怎么处理"), an_article("液压泵漏油怎样处理")
    assert other.title in text_of(client.get(at("article", here.pk)))
    assert client.post(at("merging", here.pk), {"other": other.pk}).status_code == 302
    assert client.post(at("merging", here.pk), {"other": "x"}).status_code == 422
    assert here.title in text_of(client.get(at("article", other.pk)))
