"""The organisation's logo: a picture chosen on the settings page, shown to everybody, and nothing else of ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shouwen.platform import preferences
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.accounts.models import User
from shouwen.platform.accounts.services import create_user
from shouwen.platform.files.models import StoredFile
from shouwen.platform.preferences import registry

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def admin() -> Client:
    values = {
        "username": "root",
        "name": "管理员",
        "email": "root@desk.test",
        "password": "a long pass phrase",
    }
    user: User = create_user(**values, roles=["administrator"], at=now(), by=SYSTEM)
    client = Client()
    client.force_login(user)
    return client


def chosen(client: Client, content: bytes, name: str = "logo.png") -> int:
    registry.forget()
    given = {"organisation.logo": SimpleUploadedFile(name, content)}
    status = client.post("/settings/organisation/", given).status_code
    registry.forget()
    return status


def test_a_logo_is_shown_to_everybody_and_taken_away_again(admin: Client) -> None:
    registry.forget()
    assert Client().get("/brand/logo/").status_code == 404
    assert chosen(admin, PNG) == 302
    answer = Client().get("/brand/logo/")
    assert (answer["Content-Type"], b"".join(answer.streaming_content)) == ("image/png", PNG)  # type: ignore[attr-defined]
    assert "/brand/logo/?" in Client().get("/request/").content.decode()
    admin.post("/settings/organisation/", {"organisation.logo.none": "on"})
    registry.forget()
    assert preferences.get("organisation.logo") == 0


@pytest.mark.parametrize(
    "content", [b"<svg onload='alert(1)'></svg>", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n" + b"0" * 600_000]
)
def test_what_is_no_picture_or_too_large_is_refused(admin: Client, content: bytes) -> None:
    assert chosen(admin, content) in {413, 422}
    assert preferences.get("organisation.logo") == 0


def test_another_file_is_not_shown_by_a_number_typed_in(admin: Client) -> None:
    chosen(admin, PNG)
    before = StoredFile.objects.count()
    admin.post("/settings/organisation/", {"organisation.logo": "1"})
    registry.forget()
    assert StoredFile.objects.count() == before
