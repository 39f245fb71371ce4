"""What somebody types into the search: words, and filters such as 状态:处理中 or promise:overdue.

Doors: `pieces` (what stands where), `understood` (words, conditions, mistakes), `suggestions` (while typing),
`FILTERS` (every filter with its words). Pure: today's date and the words of kinds, teams and people are passed in.
"""

from shouwen.cases.rules.asking.days import Span
from shouwen.cases.rules.asking.filters import FILTERS, NAMES, Filter
from shouwen.cases.rules.asking.pieces import LONGEST, Piece, pieces, without
from shouwen.cases.rules.asking.suggesting import MOST, Suggestion, suggestions
from shouwen.cases.rules.asking.understanding import Asked, Condition, Mistake, understood, vocabulary

__all__ = [
    "FILTERS",
    "LONGEST",
    "MOST",
    "NAMES",
    "Asked",
    "Condition",
    "Filter",
    "Mistake",
    "Piece",
    "Span",
    "Suggestion",
    "pieces",
    "suggestions",
    "understood",
    "vocabulary",
    "without",
]
