"""Text: search in Chinese and English, pinyin for names, and clean input.

Doors: `analyser` (tokens, document), `queries` (terms, query, fts5, tsquery), `highlight`
(highlight_spans, excerpt), `pinyin` (pinyin), `traditional` (traditional, written_for),
`normalise` (email, phone, clean_line, clean_text).
The names used most stand here too.
"""

from shouwen.kernel.text.analyser import document, tokens
from shouwen.kernel.text.highlight import excerpt, highlight_spans
from shouwen.kernel.text.normalise import clean_line, clean_text, email, phone
from shouwen.kernel.text.pinyin import pinyin
from shouwen.kernel.text.queries import Term, fts5, query, terms, tsquery

__all__ = [
    "Term",
    "clean_line",
    "clean_text",
    "document",
    "email",
    "excerpt",
    "fts5",
    "highlight_spans",
    "phone",
    "pinyin",
    "query",
    "terms",
    "tokens",
    "tsquery",
]
