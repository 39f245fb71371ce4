"""What is kept of the frame as drawn never shows one person what belongs to another, nor an old word."""

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from shouwen.platform.ui import keeping
from shouwen.platform.web.pages import environment

pytestmark = pytest.mark.django_db


def _frame(language: str, **given: object) -> str:
    from django.utils import translation

    known = {"links": {"sign_out": "/out/", "language": "/language/"}, "brand": {"name": "某公司"}, **given}
    with translation.override(language):
        template = environment().from_string(
            "{{ frame_parts.rail([], links, brand, '') }}{{ frame_parts.topbar() }}"
        )
        return template.render(known)


class Person:
    def __init__(self, name: str) -> None:
        self.name = name


def _held(drawn: str) -> set[str]:
    words = ("王芳", "楚乔", "token one", "token two", "token three", "退出登录", "Sign out")
    return {word for word in words if word in drawn}


def test_each_person_has_their_own_name_token_and_words() -> None:
    first = _frame("zh-hans", actor=Person("王芳"), csrf_input="<i>token one</i>")
    second = _frame("zh-hans", actor=Person("楚乔"), csrf_input="<i>token two</i>")
    again = _frame("en", actor=Person("王芳"), csrf_input="<i>token three</i>")
    assert _held(first) == {"王芳", "token one", "退出登录"}
    assert _held(second) == {"楚乔", "token two", "退出登录"}
    assert _held(again) == {"王芳", "token three", "Sign out"}
    assert keeping.TOKEN not in first + second + again


def test_an_address_is_escaped_where_it_is_put_in(rf: object) -> None:
    request = rf.get('/search/?q="><script>alert(1)</script>')  # type: ignore[attr-defined]
    request.META["QUERY_STRING"] = 'q="><script>alert(1)</script>'
    drawn = _frame("en", actor=Person("王芳"), request=request, csrf_input="")
    assert "<script>" not in drawn
    assert keeping.HERE not in drawn


def test_a_new_name_of_the_organisation_is_shown_at_once() -> None:
    assert "某公司" in _frame("zh-hans")
    assert "别的公司" in _frame("zh-hans", brand={"name": "别的公司"})


def test_settings_stand_in_the_rail_of_who_may_set_something() -> None:
    from shouwen.platform import frame
    from shouwen.platform.access import Actor

    def codes(*permissions: str) -> list[str]:
        actor = Actor(kind="staff", user_id=1, permissions=frozenset(permissions))
        return [entry.code for entry in frame.rail_of(actor)]

    assert codes("people.see")[-1] == "settings"
    assert "settings" not in codes()


def test_a_part_drawn_once_is_given_each_cases_own_texts_escaped() -> None:
    kept = keeping.Kept(
        Environment(
            autoescape=True,
            loader=DictLoader({"part": "{% if works %}<b>{{ ref }}</b>{% endif %}{{ draft }}{{ token }}"}),
        )
    )
    first = kept.part("part", {"ref": "7Q2", "draft": "<script>", "token": Markup("<i>one</i>")}, works=True)
    second = kept.part(
        "part", {"ref": "8R3", "draft": keeping.TOKEN, "token": Markup("<i>two</i>")}, works=True
    )
    third = kept.part("part", {"ref": "7Q2", "draft": "ref", "token": ""}, works=False)
    assert first == "<b>7Q2</b>&lt;script&gt;<i>one</i>"
    assert second == f"<b>8R3</b>{keeping.TOKEN}<i>two</i>"
    assert third == "ref"
