"""Addresses by their first segment: a room has up to two hundred, and Django tries one after the other."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from django.urls import URLResolver
from django.urls.resolvers import ResolverMatch, RoutePattern


def first_segment(one: Any) -> str | None:
    """The literal beginning of a pattern up to its first slash; None where it is not sure."""
    if not isinstance(one.pattern, RoutePattern):
        return None
    route = str(one.pattern)
    segment, slash, _rest = route.partition("/")
    whole = slash or not isinstance(one, URLResolver)  # an included part may go on within the segment
    return segment if whole and "<" not in segment else None


class BySegment(URLResolver):
    """Resolves like Django's own, but looks only at those patterns that begin as the address does. Names of addresses
    are looked up in all of them, as ever."""

    @cached_property
    def parts(self) -> tuple[dict[str, URLResolver], URLResolver]:
        """For each first segment the patterns that can fit it, in their order; and those for all others."""
        known = {segment for one in self.url_patterns if (segment := first_segment(one)) is not None}
        fitting: dict[str, list[Any]] = defaultdict(list)
        others: list[Any] = []
        for one in self.url_patterns:
            segment = first_segment(one)
            for at in known if segment is None else (segment,):
                fitting[at].append(one)
            if segment is None:
                others.append(one)
        return {segment: self._part(found) for segment, found in fitting.items()}, self._part(others)

    def _part(self, patterns: list[Any]) -> URLResolver:
        return URLResolver(self.pattern, patterns, self.default_kwargs, self.app_name, self.namespace)

    def resolve(self, path: str) -> ResolverMatch:
        found = self.pattern.match(path)
        rest = found[0] if found else ""
        parts, others = self.parts
        return parts.get(rest.partition("/")[0], others).resolve(path)


def by_segment(prefix: str, included: Any) -> BySegment:
    """`path(prefix, include(…))`; `included` is what `include` gives."""
    patterns, app_name, namespace = included
    return BySegment(
        RoutePattern(prefix, is_endpoint=False), patterns, None, app_name=app_name, namespace=namespace
    )
