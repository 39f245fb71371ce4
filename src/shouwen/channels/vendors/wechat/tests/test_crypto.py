"""The platform's cipher: known answers, and nothing readable with another key."""

import pytest

from shouwen.channels.vendors.wechat import crypto
from shouwen.channels.vendors.wechat.crypto import Envelope, Unreadable

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def test_the_signature_is_the_sha1_of_the_sorted_parts() -> None:
    # sha1("123" + "456" + "789")
    assert crypto.signature("789", "123", "456") == "f7c3bc1d808e04732adf679965ccc34ca7ae3441"


@pytest.mark.parametrize("text", ["好", "x" * 15, "x" * 16, "挖掘机铲斗开裂，请马上处理" * 300])
def test_what_is_closed_is_opened_again_with_its_receiver(text: str) -> None:
    assert Envelope(KEY, "wx1").open(Envelope(KEY, "wx1").close(text)) == (text, "wx1")


def test_the_same_text_never_looks_the_same() -> None:
    assert Envelope(KEY, "wx1").close("好") != Envelope(KEY, "wx1").close("好")


def test_another_key_opens_nothing() -> None:
    sealed = Envelope(KEY, "wx1").close("秘密" * 30)
    with pytest.raises(Unreadable):
        Envelope(KEY[::-1], "wx1").open(sealed)


@pytest.mark.parametrize("bent", ["", "A", "AAAA", "%%%", "A" * 64, "A" * 88])
def test_what_is_nothing_encrypted_is_unreadable(bent: str) -> None:
    with pytest.raises(Unreadable):
        Envelope(KEY, "wx1").open(bent)


@pytest.mark.parametrize("key", ["", "short", KEY + "A", "挖" * 43])
def test_a_key_of_another_length_is_none(key: str) -> None:
    with pytest.raises(Unreadable):
        crypto.key_bytes(key)
