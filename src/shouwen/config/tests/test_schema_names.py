"""The description of the API keeps shapes by their names: two of one name, and programs would read the wrong one."""

from collections import defaultdict

from ninja import Schema


def _all(of: type) -> set[type]:
    return {of, *(found for child in of.__subclasses__() for found in _all(child))}


def test_no_two_shapes_of_the_api_have_one_name() -> None:
    from shouwen.config.urls import api

    api.get_openapi_schema(path_prefix="/api/v1/")
    by_name: dict[str, set[str]] = defaultdict(set)
    for shape in _all(Schema):
        if shape.__module__.startswith("shouwen.") and ".tests." not in shape.__module__:
            by_name[shape.__name__].add(shape.__module__)
    assert {name: sorted(where) for name, where in by_name.items() if len(where) > 1} == {}
