"""Every address leads where Django's own resolver leads it."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, get_resolver, include, path, re_path
from django.urls.resolvers import RegexPattern, RoutePattern

from shouwen.config.segments import BySegment, by_segment, first_segment

pytestmark = pytest.mark.once


def view(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    return HttpResponse()


PATTERNS = [
    path("", view, name="root"),
    path("cases", view, name="bare"),
    path("cases/", view, name="list"),
    path("cases/<int:pk>/", view, name="one"),
    path("<slug:word>/new/", view, name="any-new"),
    path("teams/new/", view, name="never"),  # the one above comes first
    re_path(r"^(?:cases|teams)/(?P<year>\d{4})$", view, name="year"),
    path("teams/", include([path("<int:pk>/", view, name="team")])),
    path("tea", include([path("pot/", view, name="pot")])),  # goes on within its segment
]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("", "root"),
        ("cases", "bare"),
        ("cases/", "list"),
        ("cases/7/", "one"),
        ("cases/new/", "any-new"),
        ("teams/new/", "any-new"),
        ("other/new/", "any-new"),
        ("cases/2026", "year"),
        ("teams/2026", "year"),
        ("teams/4/", "team"),
        ("teapot/", "pot"),
        ("casesX", None),
        ("teams", None),
        ("nothing/at/all/", None),
    ],
)
def test_an_address_leads_to_the_first_pattern_that_fits(address: str, name: str | None) -> None:
    for resolver in (
        by_segment("api/", (PATTERNS, None, None)),
        URLResolver(RoutePattern("api/", is_endpoint=False), PATTERNS),
    ):
        if name is None:
            with pytest.raises(Resolver404):
                resolver.resolve(f"api/{address}")
        else:
            assert resolver.resolve(f"api/{address}").url_name == name


def test_another_prefix_is_nobodys() -> None:
    with pytest.raises(Resolver404):
        by_segment("api/", (PATTERNS, None, None)).resolve("ap/cases/")


def test_what_begins_with_an_expression_has_no_sure_segment() -> None:
    assert [first_segment(one) for one in PATTERNS] == [
        "", "cases", "cases", "cases", None, "teams", None, "teams", None,
    ]  # fmt: skip


def test_the_rooms_and_the_api_are_looked_up_so_and_keep_their_names() -> None:
    rooms = [one for one in get_resolver().url_patterns if isinstance(one, BySegment)]
    assert len(rooms) > 10
    for address in ("/inbox/list/", "/cases/SW0000001/", "/api/v1/cases/SW0000001"):
        found = get_resolver().resolve(address)
        plain = URLResolver(RegexPattern(r"^/"), [_plain(one) for one in get_resolver().url_patterns])
        same = plain.resolve(address)
        assert (found.func, found.kwargs, found.view_name) == (same.func, same.kwargs, same.view_name)


def _plain(one: Any) -> Any:
    if not isinstance(one, BySegment):
        return one
    return URLResolver(one.pattern, one.url_patterns, one.default_kwargs, one.app_name, one.namespace)
