"""Texts and addresses kept by the process are those that Django gives."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from shouwen.platform.repeated import url
from shouwen.platform.web.pages import environment


def shown(template: str, **context: object) -> str:
    return environment().from_string(template).render(**context)


def test_a_text_is_said_in_the_language_of_the_moment() -> None:
    with translation.override("zh-hans"):
        assert shown('{{ _("Sign out") }}') == translation.gettext("Sign out") != "Sign out"
    with translation.override("en"):
        assert shown('{{ _("Sign out") }}') == "Sign out"


def test_what_is_put_into_a_text_is_escaped_in_pages_and_not_in_plain_mails() -> None:
    with translation.override("en"):
        assert shown('{{ _("Dear %(name)s", name=name) }}', name="<b>") == "Dear &lt;b&gt;"
        plain = '{% autoescape false %}{{ _("Dear %(name)s", name=name) }}{% endautoescape %}'
        assert shown("{% autoescape false %}{{ _('a & b') }}{% endautoescape %}") == "a & b"
        assert shown(plain, name="<b>") == "Dear <b>"


def test_a_percent_sign_without_a_gap_is_written_twice_as_ever() -> None:
    with translation.override("en"):
        assert shown('{{ _("at 80%% of the time") }}') == "at 80% of the time"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("home", ()),
        ("cases:case", ("SW0000427",)),
        ("cases:case", ("-",)),
        ("cases:case", ("a b/c",)),
        ("customers:customer", (12,)),
        ("customers:customer", (34,)),
    ],
)
def test_an_address_is_the_same_as_the_tables(name: str, args: tuple[object, ...]) -> None:
    try:
        wanted = reverse(name, args=args)
    except NoReverseMatch:
        with pytest.raises(NoReverseMatch):
            url(name, *args)
        return
    assert url(name, *args) == url(name, *args) == wanted


def test_an_address_that_there_is_not_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        url("nobody:nothing", 1)
