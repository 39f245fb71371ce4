"""docs/coverage.md says what is built; this keeps it from going stale."""

from typing import Any

import pytest

from tools import coverage_page

BUILT = {
    "area": "Contact",
    "title": "One inbox",
    "state": "built",
    "where": ["shouwen.kernel.errors"],
    "tests": ["tests/test_coverage_page.py::test_every_row_is_true"],
}


def faults_with(**changed: Any) -> list[str]:
    row = {key: value for key, value in {**BUILT, **changed}.items() if value is not None}
    return coverage_page.faults({**coverage_page.rows(), "CON-1": row})


def test_every_row_is_true() -> None:
    found = coverage_page.faults(coverage_page.rows())
    assert not found, "\n".join(found)


def test_the_page_is_what_the_list_says() -> None:
    assert coverage_page.PAGE.read_text() == coverage_page.page(coverage_page.rows()), (
        "run tools/coverage_page.py"
    )


def test_the_catalogue_has_ninety_seven_requirements() -> None:
    assert len(coverage_page.identifiers()) == len(coverage_page.rows()) == 97


def test_a_built_row_with_an_existing_module_and_test_is_accepted() -> None:
    assert faults_with() == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"tests": ["tests/test_coverage_page.py::test_that_nobody_wrote"]}, "there is no test"),
        ({"tests": ["tests/absent.py::test_x"]}, "there is no test"),
        ({"where": ["shouwen.kernel.absent"]}, "there is no module"),
        ({"tests": None}, "names no `tests`"),
        ({"state": "partly"}, "`missing` belongs to `partly`"),
        ({"state": "nearly"}, "is none of"),
        ({"state": "not_yet"}, "is not yet built and yet has"),
    ],
)
def test_a_row_that_claims_too_much_is_refused(changed: dict[str, Any], said: str) -> None:
    assert said in "\n".join(faults_with(**changed))


def test_a_forgotten_requirement_is_noticed() -> None:
    rows = coverage_page.rows()
    del rows["PRO-7"]
    assert "PRO-7 is not in the list" in coverage_page.faults(rows)
