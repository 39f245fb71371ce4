"""Sentences for people, kept apart from their values; a translation for each."""

import ast
from pathlib import Path

from babel.messages.pofile import read_po

import shouwen.kernel
from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused, Sentence, TooLarge

ROOM = Path(shouwen.kernel.__file__).parent


def test_a_sentence_reads_in_english_until_it_is_translated() -> None:
    sentence = Sentence("%(field)s must be at least %(least)s %%.", {"field": "share", "least": 5})
    assert str(sentence) == "share must be at least 5 %."
    assert hash(sentence) == hash(Sentence(sentence.msgid, {"field": "other"}))
    assert str(Sentence("Please fill this in.")) == "Please fill this in."


def test_a_fault_says_its_sentence_and_names_its_field() -> None:
    fault = Invalid(Sentence("%(field)s is wrong.", {"field": "zone"}), field="zone")
    assert str(fault) == "zone is wrong."
    assert fault.errors == {"zone": fault.sentence}


def test_every_fault_has_its_status() -> None:
    statuses = {NotFound: 404, Forbidden: 403, Refused: 409, Invalid: 422, TooLarge: 413}
    assert all(kind("x").status == status for kind, status in statuses.items())


def test_every_sentence_of_the_kernel_is_in_its_chinese_catalogue() -> None:
    marked = {
        node.args[0].value
        for path in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "N_"
        and isinstance(node.args[0], ast.Constant)
    }
    with (ROOM / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = {message.id: message.string for message in read_po(file, locale="zh_Hans") if message.id}
    assert marked
    assert {text for text in marked if not catalogue.get(text)} == set()
    assert set(catalogue) - marked == set()
