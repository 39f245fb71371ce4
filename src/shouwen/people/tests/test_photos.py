"""A face beside the name: what is taken, what is left out, who sees it."""

import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shouwen.kernel.errors import Forbidden, Invalid, TooLarge
from shouwen.people import queries, services
from shouwen.people.testing import AT, a_person, as_actor
from shouwen.platform.files import queries as files
from shouwen.platform.files.models import StoredFile
from shouwen.platform.files.pictures import portrait

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def a_png(side: int = 64, remark: bytes = b"") -> bytes:
    rows = zlib.compress(b"".join(b"\x00" + b"\x7f" * side for _row in range(side)))
    head = part(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    noted = part(b"tEXt", remark) if remark else b""
    return b"\x89PNG\r\n\x1a\n" + head + noted + part(b"IDAT", rows) + part(b"IEND", b"")


def a_jpeg(remark: bytes = b"") -> bytes:
    noted = b"\xff\xe1" + struct.pack(">H", len(remark) + 2) + remark
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 64, 64, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8" + noted + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x55" * 9 + b"\xff\xd9"
    )


@pytest.mark.parametrize("make", [a_png, a_jpeg])
def test_what_the_camera_noted_is_left_out_and_the_picture_stays(make):
    noted = make(remark=b"GPS 28.2,112.9")
    clean = portrait(noted + b"<script>behind the end</script>")
    assert b"GPS" not in clean
    assert b"script" not in clean
    assert portrait(clean) == clean


def test_a_png_without_remarks_stays_as_it_is():
    assert portrait(a_png()) == a_png()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a\x01\x00",
        b"<svg onload='x()'/>",
        a_png()[:60],
        a_png().replace(b"IDAT", b"IDAX"),
        a_jpeg()[:20],
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        a_png(side=8),
    ],
)
def test_what_is_no_whole_picture_is_refused_with_the_field(content):
    with pytest.raises(Invalid) as refused:
        portrait(content)
    assert refused.value.field == "photo"


def test_a_huge_file_is_refused():
    with pytest.raises(TooLarge):
        portrait(a_png() + b"0" * 4_000_000)


def test_a_new_photo_replaces_the_old_one_which_leaves_the_disk():
    staff = a_person()
    services.set_photo(staff_id=staff.id, content=a_png(64), at=AT, by=as_actor(staff))
    services.set_photo(staff_id=staff.id, content=a_png(65), at=AT, by=as_actor(staff))
    first, second = StoredFile.objects.order_by("pk")
    assert (first.gone_at, second.gone_at) == (AT, None)
    staff.refresh_from_db()
    assert files.content(staff.photo) == a_png(65)
    services.remove_photo(staff_id=staff.id, at=AT, by=as_actor(staff))
    staff.refresh_from_db()
    assert queries.photo_link(staff) is None


def test_nobody_sets_another_persons_photo():
    staff, other = a_person(), a_person()
    with pytest.raises(Forbidden):
        services.set_photo(staff_id=staff.id, content=a_png(), at=AT, by=as_actor(other))


def test_a_photo_is_sent_by_form_and_seen_by_colleagues(client):
    staff, colleague = a_person(name="Demo Li"), a_person(name="Demo Wu")
    client.force_login(staff.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(reverse("people:photo")).status_code == 422
    bad = SimpleUploadedFile("me.png", b"no picture")
    assert client.post(reverse("people:photo"), {"photo": bad}).status_code == 422
    client.post(reverse("people:photo"), {"photo": SimpleUploadedFile("me.png", a_png())})
    staff.refresh_from_db()
    assert client.get(queries.photo_link(staff))["Content-Type"] == "image/png"
    client.force_login(colleague.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for page in (reverse("people:person", args=[staff.id]), reverse("people:list")):
        assert '<img src="/files/' in client.get(page).content.decode()
    client.force_login(staff.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("people:photo-removal"))
    assert "<img src" not in client.get(reverse("people:me")).content.decode()
