"""How every list of the API is answered."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the kit is read before the tables are
    from shouwen.platform.web.paging import Page


def page_out(page: "Page[Any]", drawn: Callable[[Any], Any]) -> dict[str, Any]:
    """The items as the program gets them, and the cursors of the pages beside this one."""
    return {
        "items": [drawn(one) for one in page.items],
        "next_cursor": page.next_cursor,
        "previous_cursor": page.previous_cursor,
    }
