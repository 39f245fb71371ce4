"""Facts before verdicts (CMP-2): accounts by party, evidence, and no investigator with an interest of their own."""

from typing import Final

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

PARTIES: Final = ("customer", "ours", "provider", "third_party", "witness")
SORTS: Final = ("photo", "recording", "log", "inspection", "document", "message")
SHORTEST_REASON: Final = 10  # characters: "none" is no reason


def text(value: str, field: str, *, least: int = 1, most: int = 8000) -> str:
    """The words of a record, trimmed; Invalid names the field."""
    said = value.strip()
    if len(said) < least:
        sentence = N_("Fill this in.") if least == 1 else N_("Say it in at least %(least)s characters.")
        raise Invalid(Sentence(sentence, {"least": least}), field=field)
    if len(said) > most:
        raise Invalid(Sentence(N_("At most %(most)s characters."), {"most": most}), field=field)
    return said


def check_investigator(*, staff_id: int, about_staff_id: int | None, declared: bool, checked: str) -> None:
    """Nobody looks into a complaint about themselves, or one they have an interest in.

    `declared`: an interest of theirs is on record; it is lifted by a sentence on how it was `checked`.
    """
    if about_staff_id is not None and staff_id == about_staff_id:
        raise Invalid(
            Sentence(N_("The complaint is about this colleague: somebody else has to look into it.")),
            field="staff_id",
        )
    if declared and len(checked.strip()) < SHORTEST_REASON:
        sentence = N_(
            "An interest of their own is on record: say how it was checked that there is none, or choose another."
        )
        raise Invalid(Sentence(sentence), field="checked")


def check_verdict(*, evidence: int, no_evidence_reason: str, accounts: frozenset[str]) -> None:
    """No verdict before the facts: neither admitted blindly nor denied early."""
    if evidence == 0 and len(no_evidence_reason.strip()) < SHORTEST_REASON:
        raise Refused(Sentence(N_("No verdict without evidence, or a stated reason why there can be none.")))
    if "customer" not in accounts:
        raise Refused(Sentence(N_("No verdict before the customer was heard.")))
    if not accounts - {"customer"}:
        raise Refused(Sentence(N_("No verdict before the other side was heard.")))
