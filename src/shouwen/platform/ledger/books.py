"""Books: kinds of facts that are read together over all their subjects. A fact in a book has the book as one more
subject, so a book is paged by the index that every timeline has.
"""

from collections import defaultdict

AUDIT = "audit"  # who got in, who may do what
SETTINGS = "settings"  # what was set up, and by whom
BOOKS = (AUDIT, SETTINGS)
_books: dict[str, list[str]] = defaultdict(list)


def enter(book: str, *names: str) -> None:
    """Facts with these wire names stand in `book` from now on."""
    if book not in BOOKS:
        raise ValueError(f"there is no book {book!r}")
    for name in names:
        if book not in _books[name]:
            _books[name].append(book)


def subjects_of(name: str) -> list[tuple[str, int]]:
    """The books a fact stands in, as subjects."""
    return [(book, 0) for book in _books.get(name, ())]
