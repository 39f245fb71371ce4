"""What goes wrong is said to a person: as a page, as a part, or as a problem."""

import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused, Sentence
from shouwen.platform.access import SYSTEM, needs, now, public, staff_only
from shouwen.platform.accounts import services as accounts
from shouwen.platform.accounts.models import User
from shouwen.platform.web.faults import sentence
from shouwen.platform.web.pages import done, form_page, render

pytestmark = pytest.mark.django_db
FAULTS: dict[str, Callable[[], Exception]] = {
    "missing": lambda: NotFound("There is no such case."),
    "closed": lambda: Forbidden("Not yours."),
    "late": lambda: Refused("Somebody was faster."),
    "wrong": lambda: Invalid("Look here.", errors={"subject": "Fill this in.", "": "And so on."}),
    "bug": lambda: ZeroDivisionError("secret detail"),
}


@public
def fail(request: HttpRequest, name: str) -> HttpResponse:
    raise FAULTS[name]()


@public
@form_page("platform/fault.html", lambda request: {"status": 422, "sentence": "again", "kept": None})
def form(request: HttpRequest) -> HttpResponse:
    raise Invalid("Look here.", field="subject")


@public
def write(request: HttpRequest) -> HttpResponse:
    return done(request, "/default/")


@public
def read(request: HttpRequest) -> HttpResponse:
    request.POST.get("x")
    return HttpResponse("fine")


@staff_only
def inside(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@needs("accounts.manage")
def manage(request: HttpRequest) -> HttpResponse:
    return HttpResponse("manage")


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    addresses = ModuleType("addresses_of_these_tests")
    addresses.urlpatterns = [  # type: ignore[attr-defined]
        path("fail/<str:name>/", fail),
        path("form/", form),
        path("write/", write),
        path("read/", read),
        path("inside/", inside),
        path("manage/", manage),
        path("", include("shouwen.config.urls")),
    ]
    for status, name in ((404, "not_found"), (400, "bad_request"), (500, "broken")):
        setattr(addresses, f"handler{status}", f"shouwen.platform.web.faults.{name}")
    settings.ROOT_URLCONF = addresses


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def li() -> User:
    return accounts.create_user(username="li", name="李", password=None, roles=["agent"], at=now(), by=SYSTEM)


@pytest.mark.parametrize(
    ("name", "status"), [("missing", 404), ("closed", 403), ("late", 409), ("wrong", 422), ("bug", 500)]
)
def test_a_fault_is_a_page_a_part_and_a_problem(browser: Client, name: str, status: int) -> None:
    page = browser.get(f"/fail/{name}/")
    assert page.status_code == status
    assert page["Content-Type"].startswith("text/html")
    assert "<html" in page.content.decode()
    part = browser.get(f"/fail/{name}/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Retarget"]) == (status, "#toasts")
    assert "<html" not in part.content.decode()
    told = browser.get(f"/fail/{name}/", headers={"Accept": "application/json"})
    assert (told.status_code, told["Content-Type"]) == (status, "application/problem+json")
    for answer in (page, part, told):
        assert "secret detail" not in answer.content.decode()


def test_a_browser_that_also_takes_json_gets_the_page(browser: Client) -> None:
    page = browser.get("/fail/late/", headers={"Accept": "text/html,application/json;q=0.9,*/*;q=0.8"})
    assert page["Content-Type"].startswith("text/html")


def test_a_problem_names_the_fields(browser: Client) -> None:
    told = json.loads(browser.get("/fail/wrong/", headers={"Accept": "application/json"}).content)
    assert told["errors"] == {"subject": "Fill this in.", "": "And so on."}
    assert told["type"] == "urn:shouwen:invalid"


def test_nothing_typed_is_lost_on_the_page_of_a_fault_but_secrets(browser: Client) -> None:
    typed = {"text": "我写了很久", "password": "geheim-1234", "api_token": "geheim-5678"}
    page = browser.post("/fail/late/", typed).content.decode()
    assert "我写了很久" in page
    assert "geheim" not in page


def test_what_is_shown_again_is_escaped(browser: Client) -> None:
    page = browser.post("/fail/late/", {"text": "</textarea><script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_a_form_is_shown_again_with_its_errors_and_status(browser: Client) -> None:
    again = browser.post("/form/", {"subject": "x"})
    assert again.status_code == 422
    assert "again" in again.content.decode()
    assert browser.get("/form/").status_code == 422


def test_a_kernel_sentence_is_said_in_the_readers_language() -> None:
    said = Sentence("between %(low)s and %(high)s", {"low": 1, "high": Sentence("nine")})
    assert sentence(said) == "between 1 and nine"
    assert sentence("plain") == "plain"


def test_too_large_a_form_is_said_so(browser: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    page = browser.post("/read/", {"x": "y" * 2000})
    assert page.status_code == 413
    assert "<html" in page.content.decode()


def test_too_many_fields_are_said_so(browser: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    assert browser.post("/read/", {f"x{n}": "y" for n in range(9)}).status_code == 413


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"no boundary at all", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=" + "y" * 300),
        (b"\xff\xfe=\xff", "application/x-www-form-urlencoded"),
    ],
)
def test_a_broken_body_is_never_an_error_of_ours(browser: Client, body: bytes, kind: str) -> None:
    assert browser.generic("POST", "/read/", body, content_type=kind).status_code in {200, 400}


@pytest.mark.parametrize("address", ["/read/?q=%00", "/read/\x00", "/fail/%00/"])
def test_nul_is_refused_before_any_database_sees_it(browser: Client, address: str) -> None:
    assert browser.get(address).status_code == 400


def test_a_foreign_host_is_told_what_to_do(browser: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["shouwen.example"]
    answer = browser.get("/write/?next=/x", headers={"host": "other.example"})
    assert answer.status_code == 400
    assert "SHOUWEN_ALLOWED_HOSTS" in answer.content.decode()


def test_an_unknown_page_is_a_page_of_ours(browser: Client) -> None:
    page = browser.get("/no/such/page/")
    assert page.status_code == 404
    assert "<html" in page.content.decode()


def test_without_a_database_there_is_still_a_sentence(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_args: Any) -> None:
        raise OSError("the database is gone")

    monkeypatch.setattr("shouwen.platform.frame.brand", gone)
    page = browser.get("/fail/bug/")
    assert page.status_code == 500
    assert "<html" in page.content.decode()
    assert "the database is gone" not in page.content.decode()


def test_a_form_from_elsewhere_is_refused_and_its_text_kept() -> None:
    page = Client(enforce_csrf_checks=True).post("/read/", {"text": "我写了很久"})
    assert page.status_code == 403
    assert "我写了很久" in page.content.decode()


def test_a_script_whose_session_is_gone_is_told_to_sign_in_also_without_its_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    part = strict.post("/inside/", {"text": "写了很久"}, headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (401, "/accounts/login/?next=/")
    assert strict.post("/inside/", headers={"Accept": "application/json"}).status_code == 401
    public_form = strict.post("/read/", headers={"HX-Request": "true"})
    assert public_form.status_code == 403  # who needs no sign-in is not sent there


def test_a_page_older_than_the_sign_in_says_so_to_its_script() -> None:
    strict = Client(enforce_csrf_checks=True)
    accounts.create_user(username="li", name="李", password=None, roles=["agent"], at=now(), by=SYSTEM)
    strict.force_login(
        User.objects.get(username="li"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    stale = strict.post("/inside/", headers={"HX-Request": "true"})
    assert (stale.status_code, stale["X-Stale-Page"]) == (403, "1")


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\thttps://evil.example",
        "",
    ],
)
def test_after_a_write_nobody_is_led_away(browser: Client, wanted: str) -> None:
    assert browser.post("/write/", {"next": wanted})["Location"] == "/default/"
    assert (
        browser.post("/write/", {"next": wanted}, headers={"HX-Request": "true"})["HX-Redirect"]
        == "/default/"
    )


def test_after_a_write_one_comes_where_the_form_says(browser: Client) -> None:
    assert browser.post("/write/", {"next": "/cases/?q=退款"})["Location"] == "/cases/?q=%E9%80%80%E6%AC%BE"
    part = browser.post("/write/", {"next": "/cases/"}, headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (204, "/cases/")


def test_a_stranger_signs_in_and_comes_back(browser: Client) -> None:
    assert browser.get("/inside/?a=1")["Location"] == "/accounts/login/?next=/inside/%3Fa%3D1"


def test_a_strangers_part_and_script_get_no_sign_in_page(browser: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/cases/7?tab=2"}
    part = browser.get("/inside/", headers=headers)
    assert (part.status_code, part["HX-Redirect"]) == (401, "/accounts/login/?next=/cases/7%3Ftab%3D2")
    assert browser.get("/inside/", headers={"Accept": "application/json"}).status_code == 401


def test_after_a_strangers_form_one_comes_back_to_its_page(browser: Client) -> None:
    back = browser.post("/inside/", headers={"Referer": "http://testserver/cases/7"})["Location"]
    assert back == "/accounts/login/?next=/cases/7"
    away = browser.post("/inside/", headers={"Referer": "https://evil.example/x"})["Location"]
    assert away == "/accounts/login/?next=/"


def test_staff_without_the_right_are_refused(browser: Client, li: User) -> None:
    browser.force_login(li)
    assert browser.get("/inside/").status_code == 200
    assert browser.get("/manage/").status_code == 403


def test_who_is_deactivated_is_out_with_the_next_click(browser: Client, li: User) -> None:
    browser.force_login(li)
    accounts.set_active(user_id=li.pk, active=False, at=now(), by=SYSTEM)
    assert browser.get("/inside/").status_code == 302


def test_a_page_is_drawn_with_what_every_page_knows(rf: Any) -> None:
    assert render(rf.get("/"), "platform/error.html", {"status": 418}).status_code == 200


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded; charset=utf-7", b"name=x"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"name=x"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    ],
)
@pytest.mark.parametrize("address", ["/request/", "/portal/", "/nowhere/at/all/"])
def test_a_form_that_cannot_be_read_is_malformed_and_no_fault_of_ours(
    client: Client, address: str, kind: str, body: bytes
) -> None:
    client.raise_request_exception = False
    assert client.generic("POST", address, body, content_type=kind).status_code in {400, 404, 405, 422}
