"""Threats: told at once, acknowledged by name, followed to the end; the service for the customer goes on."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.cases import services as cases
from shouwen.cases.models import Case, Notice
from shouwen.complaints import panels, services
from shouwen.complaints.models import Grant, Threat, ThreatTold
from shouwen.complaints.queries import threats
from shouwen.complaints.testing import (
    AT,
    a_case,
    a_complaint,
    a_person,
    as_actor,
    everything_happens,
    furnished,
)
from shouwen.customers import queries as customers
from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused
from shouwen.people.models import Staff
from shouwen.people.testing import a_team
from shouwen.platform import privacy
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.jobs.models import Job
from shouwen.platform.ledger import queries as ledger
from shouwen.promises import queries as promises

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NIGHT = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)  # Monday, three in the morning in Shanghai
GOOD: dict[str, Any] = {
    "kind": "detention",
    "who": "现场工程师陈师傅",
    "held": "工程车",
    "place": "城东工地",
    "words": "钱不退，人和车都别想走",
}


@pytest.fixture(autouse=True)
def _house(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"
    furnished()


@pytest.fixture
def boss() -> Staff:
    return a_person("supervisor", "chief", name="Demo Boss", presence="on_duty")


@pytest.fixture
def agent() -> Staff:
    return a_person("agent", name="Demo Agent")


def registered(case: Case, by: Staff | Actor, at: datetime = AT, **change: Any) -> Threat:
    actor = by if isinstance(by, Actor) else as_actor(by)
    return services.register_threat(case_id=case.pk, **{**GOOD, **change}, at=at, by=actor)


def browser_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff.user, backend=BACKEND)
    return client


def test_supervisors_and_chiefs_are_told_in_the_same_moment_also_at_night(agent: Staff) -> None:
    team = a_team()
    lead = a_person("supervisor", teams=(team,))
    chief, elsewhere = a_person("chief"), a_person("supervisor")
    case = a_case(owner=agent, team_id=team.pk)
    made = registered(case, agent, NIGHT)
    told = {lead.pk, chief.pk}
    assert set(threats.told_ids(made.pk)) == told
    assert {(one.user_id, one.at) for one in Notice.objects.filter(kind="threat_detention")} == {
        (pk, NIGHT) for pk in told
    }
    assert not Notice.objects.filter(user_id=elsewhere.pk, kind="threat_detention").exists()
    jobs = Job.objects.filter(name="complaints.threat_mail")
    assert jobs.count() == 2  # and the mail waits for no service hours
    assert made.remind_at == NIGHT + timedelta(minutes=5)


def test_who_is_named_for_the_kind_is_told_and_nobody_else(boss: Staff, agent: Staff) -> None:
    lawyer = a_person("back_office", name="Demo Lawyer")
    services.set_threat(
        kind="legal",
        zh="不争辩",
        en="Do not argue",
        staff_ids=[lawyer.pk],
        minutes=60,
        at=AT,
        by=as_actor(boss),
    )
    made = registered(a_case(owner=agent), agent, kind="legal", held="")
    assert threats.told_ids(made.pk) == [lawyer.pk]
    assert threats.get(made.pk, as_actor(lawyer)).pk == made.pk  # told by name: it exists for them
    notice = Notice.objects.get(kind="threat_legal")
    assert notice.params["to"] == f"/complaints/threats/{made.pk}/"
    with pytest.raises(Invalid):
        services.set_threat(
            kind="legal", zh="x", en="x", staff_ids=[999_999], minutes=1, at=AT, by=as_actor(boss)
        )
    with pytest.raises(Forbidden):
        services.set_threat(kind="legal", zh="x", en="x", minutes=1, at=AT, by=as_actor(agent))


def test_what_is_wrong_is_said_by_field_and_a_second_click_is_no_second_threat(
    boss: Staff, agent: Staff
) -> None:
    case = a_case(owner=agent)
    with pytest.raises(Invalid) as wrong:
        registered(case, agent, who="", words="", held="", kind="detention")
    assert set(wrong.value.errors) == {"who", "words", "held"}
    first, again = registered(case, agent), registered(case, agent, AT + timedelta(seconds=2))
    assert first.pk == again.pk
    assert Notice.objects.filter(kind="threat_detention").count() == 1
    with pytest.raises(Refused):
        registered(case, SYSTEM)  # a machine proposes; a person says that it is one


def test_what_nobody_acknowledges_is_told_again_and_then_no_more(boss: Staff, agent: Staff) -> None:
    made = registered(a_case(owner=agent), agent)
    assert services.remind_of_threats(at=AT + timedelta(minutes=4)) == 0
    assert services.remind_of_threats(at=AT + timedelta(minutes=5)) == 1
    assert services.remind_of_threats(at=AT + timedelta(minutes=5)) == 0
    assert services.remind_of_threats(at=AT + timedelta(minutes=10)) == 1
    assert Notice.objects.filter(kind="threat_late", user_id=boss.pk).count() == 2
    with pytest.raises(Refused):
        services.acknowledge_threat(threat_id=made.pk, at=AT, by=as_actor(agent))  # was not told
    seen = services.acknowledge_threat(threat_id=made.pk, at=AT + timedelta(minutes=11), by=as_actor(boss))
    assert seen.answered_after == timedelta(minutes=11)
    assert services.remind_of_threats(at=AT + timedelta(days=1)) == 0
    facts = [row for row in ledger.timeline(made.subject) if row.name == "complaints.threat_acknowledged"]
    assert [row.data["seconds"] for row in facts] == [660]
    with pytest.raises(Refused):
        services.acknowledge_threat(threat_id=made.pk, at=AT, by=as_actor(boss))


def test_steps_lead_to_an_outcome_and_nothing_is_changed_after_it(boss: Staff, agent: Staff) -> None:
    made = registered(a_case(owner=agent), agent)
    one: dict[str, Any] = {"threat_id": made.pk, "at": AT + timedelta(hours=1)}
    end = {"outcome": "averted", "note": "人和车都已返回", **one}
    with pytest.raises(Refused):
        services.end_threat(**end, by=as_actor(boss))  # nobody sees to it yet
    services.acknowledge_threat(**one, by=as_actor(boss))
    with pytest.raises(Refused):
        services.end_threat(**end, by=as_actor(boss))  # nothing was done
    services.add_threat_step(sort="contact", text="已通话，人平安", **one, by=as_actor(agent))
    with pytest.raises(Forbidden):
        services.end_threat(**end, by=as_actor(agent))
    assert services.end_threat(**end, by=as_actor(boss)).state == "ended"
    for late in (
        lambda: services.add_threat_step(sort="talk", text="x", **one, by=as_actor(boss)),
        lambda: services.add_threat_evidence(file=("a.txt", b"x"), **one, by=as_actor(boss)),
        lambda: services.end_threat(**end, by=as_actor(boss)),
    ):
        with pytest.raises(Refused):
            late()


def test_the_service_goes_on_untouched(boss: Staff, agent: Staff) -> None:
    case = a_case(owner=agent)
    cases.promise(case_id=case.pk, text="回电", due_at=AT + timedelta(hours=1), at=AT, by=as_actor(agent))
    everything_happens(AT)

    def stand() -> tuple[Any, ...]:
        row = Case.objects.filter(pk=case.pk).values().get()
        clocks = [(c.pk, c.state, c.due_at) for c in promises.clocks_for(case.subject)]
        owed = [(p.pk, p.state, p.due_at) for p in promises.all_for(case.subject)]
        return row, clocks, owed

    before = stand()
    made = registered(case, agent)
    everything_happens(AT)
    services.acknowledge_threat(threat_id=made.pk, at=AT, by=as_actor(boss))
    services.add_threat_step(threat_id=made.pk, sort="safety", text="已撤离", at=AT, by=as_actor(boss))
    services.end_threat(threat_id=made.pk, outcome="averted", note="好了", at=AT, by=as_actor(boss))
    everything_happens(AT)
    assert stand() == before


def test_a_threat_exists_for_few(boss: Staff, agent: Staff) -> None:
    case = a_case(owner=agent)
    made = registered(case, agent)
    colleague, stranger = a_person("agent"), a_person("provider")
    for someone in (boss, agent):
        assert threats.get(made.pk, as_actor(someone)).pk == made.pk
    for someone in (colleague, stranger):
        with pytest.raises(NotFound):
            threats.get(made.pk, as_actor(someone))
        assert not threats.listed(as_actor(someone), threats.ThreatFilter()).exists()
        with pytest.raises(NotFound):
            services.add_threat_step(threat_id=made.pk, sort="talk", text="x", at=AT, by=as_actor(someone))
    assert browser_of(colleague).get(f"/complaints/threats/{made.pk}/").status_code == 404
    assert browser_of(stranger).get(f"/complaints/threats/{made.pk}/").status_code == 403
    with pytest.raises(NotFound):
        registered(case, stranger)
    beside = threats.beside(
        case, as_actor(colleague)
    )  # that there is one, everybody on the case's page knows
    assert [(one.threat.pk, one.opens) for one in beside] == [(made.pk, False)]


def test_a_restricted_case_hides_its_threat_but_not_from_who_was_told(boss: Staff, agent: Staff) -> None:
    case = a_case(owner=agent)
    outsider = a_person("account_manager")
    made = registered(case, agent)
    case.restricted = True
    case.save()
    with pytest.raises(NotFound):
        threats.get(made.pk, as_actor(outsider))
    ThreatTold.objects.create(threat=made, staff_id=outsider.pk, at=AT)
    assert threats.get(made.pk, as_actor(outsider)).pk == made.pk


def test_the_page_of_a_case_pays_one_statement_for_it(agent: Staff) -> None:
    case = a_case(owner=agent)
    with CaptureQueriesContext(connection) as queries:
        assert panels.threats_beside_this_case(case, as_actor(agent)) is None
    asked = [one["sql"] for one in queries.captured_queries if "complaints_threat" in one["sql"]]
    assert len(asked) == 1
    registered(case, agent)
    page = browser_of(agent).get(reverse("cases:case", args=[case.reference])).content.decode()
    assert "现场工程师陈师傅" in page
    assert reverse("complaints:threat-new", args=[case.reference]) in page


def test_a_sign_in_the_words_only_proposes_it(boss: Staff, agent: Staff) -> None:
    case = a_case(owner=agent, text="再不退钱，你们的人别想走！")
    everything_happens(AT)
    assert not Threat.objects.exists()
    page = browser_of(agent).get(reverse("cases:case", args=[case.reference])).content.decode()
    address = f"{reverse('complaints:threat-new', args=[case.reference])}?escalation="
    assert address in page
    number = page.split(address)[1].split('"')[0]
    form = browser_of(agent).get(f"{address}{number}").content.decode()
    assert "再不退钱，你们的人别想走！" in form
    given = {"kind": "detention", "who": "陈师傅", "words": "别想走", "held": "车"}
    browser_of(agent).post(f"{address}{number}", given)
    assert Threat.objects.get().escalation_id == int(number)
    assert browser_of(agent).get(f"{address}abc").status_code == 200


def test_every_form_answers_bad_input_with_the_field(boss: Staff, agent: Staff) -> None:
    made = registered(a_case(owner=agent, kind="complaint"), agent)
    client = browser_of(boss)
    new = reverse("complaints:threat-new", args=[made.case.reference])
    assert client.get(new).status_code == 200
    assert client.post(new, {"kind": "zzz", "happened_at": "never"}).status_code == 422
    at = f"/complaints/threats/{made.pk}/"
    assert client.get(at).status_code == 200
    for verb in ("steps", "evidence", "question", "outcome"):
        junk = {"sort": "zzz", "text": "\x00", "amount": "abc", "outcome": "z", "done_at": "x", "remedy": "?"}
        assert client.post(f"{at}{verb}/", junk).status_code == 422, verb
    assert client.post("/complaints/threats/99999/steps/", {"sort": "talk", "text": "x"}).status_code == 404
    assert client.get("/complaints/threats/?state=zzz").status_code == 422
    assert client.get("/complaints/threats/?state=all&kind=legal").status_code == 200
    assert client.get("/complaints/threats/?cursor=zzz").status_code == 422
    for page in ("guidance/",):
        assert client.get(f"/complaints/threats/{page}").status_code == 200


def test_the_register_is_paged_by_key_and_costs_the_same_however_long(boss: Staff, agent: Staff) -> None:
    client = browser_of(boss)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/complaints/threats/").status_code == 200
        return len(queries)

    registered(a_case(owner=agent), agent)
    cost()
    few = cost()
    for number in range(32):
        registered(a_case(owner=agent), agent, words=f"第{number}次")
    assert cost() <= few + 1
    page = client.get("/complaints/threats/").content.decode()
    following = "?cursor=" + page.split('href="?cursor=')[1].split('"')[0]
    assert client.get(f"/complaints/threats/{following}").content.decode().count("现场工程师陈师傅") == 3


def test_who_stands_on_site_asks_and_is_granted_with_one_action_each(boss: Staff, agent: Staff) -> None:
    complaint = a_complaint(owner=agent)
    made = registered(complaint.case, agent)
    at = f"/complaints/threats/{made.pk}/"
    assert "Demo Boss" in browser_of(agent).get(at).content.decode()  # who can decide now
    asked = {"title": "先退三千元，人车放行", "remedy": "refund", "amount": "3000"}
    assert browser_of(agent).post(f"{at}question/", asked).status_code == 302
    assert Notice.objects.filter(kind="approval_asked", user_id=boss.pk).exists()
    approval = complaint.approvals.get()
    grant = reverse("complaints:yes", args=[complaint.reference, approval.pk])
    assert grant in browser_of(boss).get(at).content.decode()
    assert grant not in browser_of(agent).get(at).content.decode()
    assert browser_of(boss).post(grant, {"next": at}).status_code == 302
    assert Grant.objects.get().amount == 300_000
    assert "先退三千元" in browser_of(agent).get(at).content.decode()


def test_the_evidence_pack_opens_offline_and_its_manifest_is_true(boss: Staff, agent: Staff) -> None:
    complaint = a_complaint(owner=agent)
    made = registered(complaint.case, agent, evidence=[("现场.txt", "人在门口".encode())])
    services.acknowledge_threat(threat_id=made.pk, at=AT, by=as_actor(boss))
    services.add_threat_step(threat_id=made.pk, sort="outside", text="已报警", at=AT, by=as_actor(boss))
    at = f"/complaints/threats/{made.pk}/"
    photo = SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n" + b"0" * 600_000)
    browser_of(agent).post(f"{at}evidence/", {"file": photo, "caption": "车牌"})
    assert browser_of(agent).post(f"{at}pack/").status_code == 403
    assert browser_of(a_person("supervisor")).post(f"{at}pack/").status_code == 403
    answer = browser_of(boss).post(f"{at}pack/")
    assert answer.streaming
    pack = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]
    names = {name.split("/", 1)[1]: name for name in pack.namelist()}
    assert {"index.html", "course.json", "style.css", "manifest.sha256"} < set(names)
    listed = dict(
        reversed(line.split("  ")) for line in pack.read(names["manifest.sha256"]).decode().splitlines()
    )
    assert set(listed) == set(names) - {"manifest.sha256"}
    for name, digest in listed.items():
        assert hashlib.sha256(pack.read(names[name])).hexdigest() == digest, name
    page = pack.read(names["index.html"]).decode()
    for words in ("钱不退，人和车都别想走", "已报警", "挖掘机铲斗开裂，请马上处理", "车牌"):
        assert words in page
    assert "http://" not in page
    assert "https://" not in page
    rows = [row for row in ledger.timeline(made.subject) if row.name == "complaints.threat_packed"]
    assert [(row.by_name, row.data["files"]) for row in rows] == [("Demo Boss", 6)]


def test_a_caution_flag_rests_on_the_threat(boss: Staff, agent: Staff) -> None:
    made = registered(a_case(owner=agent), agent)
    assert browser_of(boss).post(f"/complaints/threats/{made.pk}/flag/").status_code == 302
    flag = customers.active_flags(made.case.customer_id, AT)[0]
    assert "别想走" in flag.evidence


def test_a_running_threat_keeps_its_customers_data_and_then_it_may_go(boss: Staff, agent: Staff) -> None:
    made = registered(a_case(owner=agent), agent, evidence=[("a.txt", b"words")])
    who = made.case.customer_id
    assert privacy.holds(who, AT)
    services.acknowledge_threat(threat_id=made.pk, at=AT, by=as_actor(boss))
    services.end_threat(threat_id=made.pk, outcome="unfounded", note="误会", at=AT, by=as_actor(boss))
    assert not privacy.holds(who, AT)
    privacy.erase_customer(who, at=AT, by=SYSTEM)
    made.refresh_from_db()
    assert (made.words, made.who, made.evidence.get().file) == ("—", "—", None)


def test_settings_show_and_keep_versions(boss: Staff) -> None:
    client = browser_of(boss)
    assert client.get("/settings/threats/").status_code == 200
    given = {"zh": "先报平安", "en": "Report first", "minutes": "3", "staff_ids": [boss.pk]}
    assert client.post("/settings/threats/detention/", given).status_code == 302
    row = threats.setting_of("detention")
    assert (row.zh, row.minutes, row.staff_ids) == ("先报平安", 3, [boss.pk])
    assert "先报平安" in client.get("/settings/threats/detention/").content.decode()
    assert client.post("/settings/threats/detention/", {**given, "minutes": "-1"}).status_code == 422
    assert client.get("/settings/threats/zzz/").status_code == 404
