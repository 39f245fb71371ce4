"""Search with fields; kinds with own fields; intake rules tried before they decide."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.cases.models import CaseKind, IntakeRule
from shouwen.cases.queries import searching, trying
from shouwen.cases.queries.kinds import kinds
from shouwen.cases.rules import kind_fields
from shouwen.cases.services import configuring
from shouwen.cases.testing import a_case, everything_happens, furnished
from shouwen.customers.testing import a_customer
from shouwen.kernel.errors import Forbidden, Invalid
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
RULE = {
    "name": "停工", "active": "1", "words": "停工、down", "channels": ["email"], "kind": "repair", "urgency": "1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _installation():
    furnished(now())


@pytest.fixture
def jiang():
    return a_person("supervisor", teams=(a_team(),))


@pytest.fixture
def client_of(jiang):
    client = Client()
    client.force_login(jiang.user, backend=BACKEND)
    return client


@pytest.mark.parametrize(
    "language", ["状态:处理", "state:open", "status:In", "负责人:王芳", "渠道:邮件", "类别:报修", "kind:rep"]
)
def test_a_field_is_understood_in_both_languages(jiang, language):
    wang = a_person("agent", name="王芳")
    mine = a_case(owner=wang, at=now())
    a_case(channel="phone", kind="praise", text="表扬", at=now())
    found = searching.everything(language, as_actor(jiang), now())
    assert [hit.case.pk for hit in found.hits] == [mine.pk]
    assert found.asked.mistakes == ()


def test_words_are_marked_where_they_stand_and_markup_in_them_is_harmless(jiang):
    a_case(subject="<b>铲斗</b> 开裂", text="现场<script>的铲斗坏了", at=now())
    everything_happens(now() + timedelta(minutes=1))
    hit = searching.everything("铲斗", as_actor(jiang), now()).hits[0]
    assert "<mark>铲斗</mark>" in hit.title
    assert "<b>" not in hit.title
    assert "<script>" not in hit.said[0].place
    assert "<mark>铲斗</mark>" in hit.said[0].place


def test_a_customer_field_narrows_words_to_their_cases(jiang):
    zhang = a_customer("张伟", email="zhang@example.com")
    his = a_case(customer=zhang, at=now())
    a_case(at=now())
    everything_happens(now() + timedelta(minutes=1))
    found = searching.everything("客户:张伟 铲斗", as_actor(jiang), now())
    assert [hit.case.pk for hit in found.hits] == [his.pk]


def test_the_page_finds_customers_too_and_says_what_it_left_out(client_of):
    a_customer("张伟", email="zhang@example.com")
    html = client_of.get(reverse("cases:search"), {"q": "张伟 状态:不存在"}).content.decode()
    assert "张伟" in html
    assert "“状态:不存在” 不匹配任何已知内容。" in html


def test_a_restricted_case_is_not_found_by_who_may_not_see_it(jiang):
    case = a_case(at=now())
    case.restricted = True
    case.save()
    everything_happens(now() + timedelta(minutes=1))
    agent = as_actor(a_person("agent"))
    assert searching.everything("铲斗", agent, now()).hits == []
    assert len(searching.everything("铲斗", as_actor(jiang), now()).hits) == 1


def test_a_kind_gets_its_own_fields(client_of):
    kind = CaseKind.objects.get(code="repair")
    rows = {
        "fields-0-code": "serial", "fields-0-label": "序列号", "fields-0-type": "text", "fields-0-required": "1",
        "fields-1-code": "colour", "fields-1-label": "颜色", "fields-1-type": "choice", "fields-1-choices": "红、蓝",
        "fields-2-code": "", "fields-2-label": "",
    }  # fmt: skip
    values = {"name": "报修", "name_en": "Repair", "icon": "wrench", "active": "1", **rows}
    assert client_of.post(reverse("cases:kind", args=[kind.pk]), values).status_code == 302
    assert kinds()["repair"].fields == [
        {"code": "serial", "label": "序列号", "label_en": "", "type": "text", "required": True},
        {
            "code": "colour",
            "label": "颜色",
            "label_en": "",
            "type": "choice",
            "required": False,
            "choices": ["红", "蓝"],
        },
    ]
    assert 'value="红、蓝"' in client_of.get(reverse("cases:kind", args=[kind.pk])).content.decode()


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"code": "Serial", "label": "x"}, "fields-0-code"),
        ({"code": "acknowledged", "label": "x"}, "fields-0-code"),
        ({"code": "a", "label": ""}, "fields-0-label"),
        ({"code": "a", "label": "x", "type": "formula"}, "fields-0-type"),
        ({"code": "a", "label": "x", "type": "choice", "choices": "only"}, "fields-0-choices"),
    ],
)
def test_a_wrong_field_row_is_named(row, field):
    with pytest.raises(Invalid) as invalid:
        kind_fields.definitions([row])
    assert invalid.value.field == field


def test_a_code_is_given_once_and_kinds_have_an_order(client_of):
    new = {"name": "租赁", "name_en": "Rental", "code": "repair", "active": "1"}
    taken = client_of.post(reverse("cases:kind-new"), new)
    assert taken.status_code == 422
    assert "id_code-error" in taken.content.decode()
    client_of.post(reverse("cases:kind-new"), {**new, "code": "rental"})
    assert list(kinds())[-1] == "rental"
    rental = CaseKind.objects.get(code="rental")
    client_of.post(reverse("cases:kind-place", args=[rental.pk]), {"to": "up"})
    assert list(kinds())[-2] == "rental"


def test_more_rows_saves_nothing_and_keeps_what_was_typed(client_of):
    kind = CaseKind.objects.get(code="repair")
    html = client_of.post(
        reverse("cases:kind", args=[kind.pk]), {"more": "1", "name": "改名", "fields-0-code": "serial"}
    ).content.decode()
    assert "改名" in html
    assert "fields-2-code" in html
    kind.refresh_from_db()
    assert kind.name == "报修"


def test_a_rule_is_tried_on_what_came_in_and_nothing_is_saved(client_of, jiang):
    for text in ("现场停工了", "machine DOWN", "问一下价格"):
        a_case(text=text, subject="x", at=now())
    a_case(text="停工", subject="x", channel="phone", at=now())
    before = IntakeRule.objects.count()
    html = client_of.post(reverse("cases:intake-rule-new"), {**RULE, "try": "1"}).content.decode()
    assert IntakeRule.objects.count() == before
    assert "最近 4 个请求中会命中 2 个（50%）" in html
    assert trying.tried(IntakeRule(words=["停工"]), as_actor(jiang)).hit == 2


def test_a_saved_rule_reads_the_next_contact_and_counts_its_versions(client_of):
    assert client_of.post(reverse("cases:intake-rule-new"), {**RULE, "words": "熄火"}).status_code == 302
    rule = IntakeRule.objects.get(name="停工")
    assert rule.version == 1
    for _round in range(2):  # the second time nothing differs
        client_of.post(reverse("cases:intake-rule", args=[rule.pk]), {**RULE, "words": "熄火、趴窝"})
    rule.refresh_from_db()
    assert rule.version == 2
    case = a_case(subject="x", text="车趴窝了", at=now())
    assert (case.kind, case.urgency) == ("repair", 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "", "urgency": ""}, "kind"),
        ({"kind": "nonsense"}, "kind"),
        ({"urgency": "7"}, "urgency"),
        ({"team": "999999"}, "team"),
    ],
)
def test_a_wrong_rule_names_its_field(client_of, wrong, field):
    response = client_of.post(reverse("cases:intake-rule-new"), {**RULE, **wrong})
    assert response.status_code == 422
    assert f"id_{field}" in response.content.decode()


def test_only_who_configures_may(jiang):
    agent = as_actor(a_person("agent"))
    with pytest.raises(Forbidden):
        configuring.move_rule(rule_id=IntakeRule.objects.first().pk, up=True, at=now(), by=agent)
    client = Client()
    client.force_login(a_person("agent").user, backend=BACKEND)
    assert client.get(reverse("cases:kinds")).status_code == 403
