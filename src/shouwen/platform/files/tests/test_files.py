"""Files: what they really are, where they lie, and how they leave."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from shouwen.kernel.errors import Invalid, NotFound, TooLarge
from shouwen.platform.files import queries, removing, services
from shouwen.platform.files.models import StoredFile
from shouwen.platform.files.sniffing import sniff
from shouwen.platform.jobs.models import Job

AT = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def store(name: str = "铲斗.png", content: Any = PNG, **more: Any) -> StoredFile:
    return services.store(name=name, content=content, at=AT, **more)


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.png", PNG, "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 9, "image/jpeg"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        ("a.gif", b"GIF89a\x01\x00", "image/gif"),
        ("a.pdf", b"%PDF-1.7 \xe2\xe3", "application/pdf"),
        ("a.png", b"<html><script>alert(1)</script>", "text/plain"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "text/plain"),
        ("a.html", b"<!doc!>WEBP<script>", "text/plain"),
        ("a.html", b"\xef\xbb\xbf<html>", "text/plain"),
        ("a.html", b"\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", "application/octet-stream"),
        ("车主.txt", "BMW 车主来电".encode(), "text/plain"),
        ("a.txt", b"MZ is how some words begin", "text/plain"),
        ("a.txt", b"xxxxftyp", "text/plain"),
        ("a.exe", b"MZ\x90\x00\x03\x00", "application/x-msdownload"),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (
            "a.xlsx",
            b"PK\x03\x04\x14\x00",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("a.jar", b"PK\x03\x04\x14\x00", "application/zip"),
        ("a.eml", b"From: a@b.c\r\n\r\nx", "message/rfc822"),
        ("a.bin", b"\x01\x02\x00\x03", "application/octet-stream"),
        ("a", b"", "text/plain"),
    ],
)
def test_a_file_is_what_its_bytes_say(name: str, head: bytes, kind: str) -> None:
    assert sniff(name, head) == kind


@pytest.mark.parametrize("cut", range(4090, 4097))
def test_a_chinese_text_is_text_wherever_its_beginning_is_cut(cut: int) -> None:
    assert sniff("a.txt", ("客户投诉退款未到账" * 600).encode()[:cut]) == "text/plain"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/etc/shadow", "shadow"),
        ("..", "file"),
        ("", "file"),
        ("照片.jpg", "照片.jpg"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie: x=1.txt"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("nul\x00.txt", "nul.txt"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert services.clean_name(given) == kept


def test_equal_bytes_lie_once(folder: Path) -> None:
    first, second = store("a.png"), store("b.png")
    assert first.sha256 == second.sha256
    assert first.pk != second.pk
    assert len([path for path in folder.glob("*/*/*") if path.is_file()]) == 1
    assert queries.content(second.pk) == PNG


def test_bytes_lie_under_their_hash_whatever_the_name(folder: Path) -> None:
    stored = store("../../escape.png")
    place = queries.path(stored)
    assert place.is_relative_to(folder)
    assert place.name == stored.sha256


def test_a_file_object_is_read_in_pieces() -> None:
    content = b"x" * (services.CHUNK * 2 + 5)
    stored = store("a.bin", io.BytesIO(content))
    assert (stored.size, queries.content(stored.pk)) == (len(content), content)


def test_too_large_a_file_is_refused_and_leaves_nothing(folder: Path) -> None:
    with pytest.raises(TooLarge) as caught:
        store(content=b"x" * (3 * 1024 * 1024), limit=2 * 1024 * 1024)
    assert caught.value.field == "attachments"
    assert "2 MB" in str(caught.value.sentence)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert not StoredFile.objects.exists()


def test_an_empty_file_is_refused_by_its_name() -> None:
    with pytest.raises(Invalid, match=r"空\.txt"):
        store("空.txt", b"")


def test_a_raw_mail_is_kept_byte_for_byte_even_when_empty() -> None:
    for content in (b"", b"From: \xff\x00broken"):
        stored = services.raw(name="mail.eml", content=content, at=AT)
        assert queries.content(stored.pk) == content
        assert not stored.safe_inline


def test_an_image_is_shown_in_the_page() -> None:
    response = Client().get(queries.link(store().pk))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline")
    assert b"".join(response.streaming_content) == PNG  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("paper.pdf", b"%PDF-1.7"),
        ("picture.png", b"<html>not a picture</html>"),
    ],
)
def test_what_a_browser_could_run_is_only_saved(name: str, content: bytes) -> None:
    response = Client().get(queries.link(store(name, content).pk))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    response.close()


def test_a_file_is_locked_in_whatever_it_is() -> None:
    response = Client().get(queries.link(store().pk))
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"].startswith("private")
    response.close()


def test_an_image_may_be_saved_too_under_its_own_name() -> None:
    response = Client().get(queries.link(store().pk) + "?download")
    assert response["Content-Disposition"].startswith("attachment")
    assert "%E9%93%B2%E6%96%97.png" in response["Content-Disposition"]
    response.close()


def test_a_forged_and_an_old_link_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    good = queries.link(store().pk)
    forged = signing.dumps(1, salt="another purpose")
    for wrong in (good[:-3] + "xx/", f"/files/{forged}/", "/files/1/"):
        assert Client().get(wrong).status_code == 404
    monkeypatch.setattr(queries, "LINK_SECONDS", -1)
    assert Client().get(good).status_code == 404


def test_a_file_whose_bytes_are_gone_is_not_found() -> None:
    stored = store()
    queries.path(stored).unlink()
    assert Client().get(queries.link(stored.pk)).status_code == 404
    with pytest.raises(NotFound):
        queries.content(stored.pk)


def test_a_file_is_only_read() -> None:
    assert Client().post(queries.link(store().pk)).status_code == 405


def wipe() -> int:
    return removing.wipe_gone(at=AT)


def test_a_removed_file_is_gone_at_once_and_its_bytes_with_the_job(folder: Path) -> None:
    file = store()
    place = queries.path(file)
    assert removing.remove([file.pk], at=AT) == 1
    with pytest.raises(NotFound):
        queries.content(file.pk)
    assert place.exists()
    assert wipe() == 1
    file.refresh_from_db()
    assert not place.exists()
    assert (file.name, file.sha256, file.size, file.gone_at, file.wiped_at) == ("", "", len(PNG), AT, AT)
    assert (removing.remove([file.pk], at=AT), wipe()) == (0, 0)


def test_bytes_stay_while_another_file_has_the_same(folder: Path) -> None:
    first, second = store("a.png"), store("b.png")
    removing.remove([first.pk], at=AT)
    wipe()
    assert queries.content(second.pk) == PNG
    removing.remove([second.pk], at=AT)
    wipe()
    assert list(folder.glob("*/*/*")) == []


def test_bytes_that_came_back_are_kept(folder: Path) -> None:
    removing.remove([store().pk], at=AT)
    again = store()
    wipe()
    assert queries.content(again.pk) == PNG


def test_the_sweeper_wipes_what_a_kill_left(folder: Path) -> None:
    file = store()
    place = queries.path(file)
    removing.remove([file.pk], at=AT)
    Job.objects.all().delete()  # as if the process had died with it
    removing.sweep(at=AT)
    assert not place.exists()


def test_the_sweeper_wipes_bytes_whose_transaction_never_ended(folder: Path) -> None:
    lost, kept = store("a.png"), store("b.png", b"GIF89a kept")
    place = queries.path(lost)
    StoredFile.objects.filter(pk=lost.pk).delete()  # as a rollback does
    half = folder / ".new-half"
    half.write_bytes(b"half a file")
    soon, later = datetime.now(UTC), datetime.now(UTC) + 2 * removing.LONGEST_TRANSACTION
    removing.sweep(at=soon)
    assert place.exists()
    assert half.exists()
    removing.sweep(at=later)
    assert not place.exists()
    assert queries.content(kept.pk) == b"GIF89a kept"
    assert list(folder.glob(".*")) == []


@pytest.mark.django_db(transaction=True)
def test_a_committed_file_leaves_no_mark(folder: Path) -> None:
    store()
    assert list(folder.glob(".*")) == []
