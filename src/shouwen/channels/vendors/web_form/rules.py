"""What a public form may send. A person needs seconds to write and sees no hidden field."""

from dataclasses import dataclass
from hashlib import sha256

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

LEAST_SECONDS = 3.0  # nobody reads the form and writes a request faster
LEAST_SECONDS_UNPROVED = 6.0  # without the proof of work that a page's script adds
MOST_SECONDS = 14 * 24 * 3600.0  # a tab that was left open over the holidays still sends
MOST_AN_HOUR = 12  # requests from one network address; an office behind one address still gets through
MOST_AN_HOUR_UNPROVED = 4
PROOF_BITS = 16  # some 65 000 hashes: a blink for one person, a bill for who sends a million
MOST_NAME, MOST_TITLE, MOST_TEXT, MOST_PHONE, MOST_EMAIL = 80, 200, 10_000, 40, 254
LEAST_DIGITS = 5  # an extension is no number to call back; short service numbers are
MOST_FILES = 10
MOST_FILE_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Request:
    """What somebody filled in."""

    name: str
    title: str
    text: str
    email: str = ""
    phone: str = ""


def proved(stamp: str, proof: str) -> bool:
    """Whether `proof` is a number whose SHA-256 after the form's stamp begins with PROOF_BITS zero bits."""
    if not stamp or not (proof.isascii() and proof.isdecimal()) or len(proof) > 12:
        return False
    digest = sha256(f"{stamp}:{proof}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - PROOF_BITS) == 0


def human(*, trap: str, filled_seconds: float | None, proof: bool = False) -> None:
    """Refused when a hidden field was filled in, or the form came back faster than a person writes.

    Every sentence says what to do next: nobody who is no machine is turned away for good.
    """
    if trap.strip():
        raise Refused(Sentence(N_("This was not accepted. Please write to us by e-mail or call.")))
    least = LEAST_SECONDS if proof else LEAST_SECONDS_UNPROVED
    if filled_seconds is None or not least <= filled_seconds <= MOST_SECONDS:
        raise Refused(
            Sentence(
                N_("Everything you wrote is still here. Please read it once more and press “Send” again.")
            )
        )


def not_too_many(sent_this_hour: int, *, proof: bool = False) -> None:
    if sent_this_hour >= (MOST_AN_HOUR if proof else MOST_AN_HOUR_UNPROVED):
        raise Refused(
            Sentence(N_("Many requests came from your network this hour. Please try again later or call."))
        )


def trimmed(request: Request) -> Request:
    return Request(
        name=request.name.strip(),
        title=" ".join(request.title.split()),
        text=request.text.strip(),
        email=request.email.strip(),
        phone=request.phone.strip(),
    )


def faults(request: Request) -> dict[str, object]:
    """What is wrong with a trimmed request, by field."""
    limits = (
        ("name", request.name, MOST_NAME),
        ("title", request.title, MOST_TITLE),
        ("text", request.text, MOST_TEXT),
        ("email", request.email, MOST_EMAIL),
        ("phone", request.phone, MOST_PHONE),
    )
    errors: dict[str, object] = {
        field: Sentence(
            N_("At most %(limit)s characters; this has %(count)s."), {"limit": most, "count": len(value)}
        )
        for field, value, most in limits
        if len(value) > most
    }
    if not request.name:
        errors.setdefault("name", Sentence(N_("Tell us your name.")))
    if not request.text:
        errors.setdefault("text", Sentence(N_("Tell us what you need.")))
    if not request.email and not request.phone:
        errors.setdefault(
            "email", Sentence(N_("Give an e-mail address or a phone number, so that we can answer."))
        )
    if request.email and ("@" not in request.email[1:-1] or " " in request.email):
        errors.setdefault("email", Sentence(N_("This is not an e-mail address.")))
    if request.phone and sum(sign.isdigit() for sign in request.phone) < LEAST_DIGITS:
        errors.setdefault("phone", Sentence(N_("This is not a phone number.")))
    return errors


def complete(request: Request) -> Request:
    """The request, trimmed; Invalid names every field that is wrong at once."""
    found = trimmed(request)
    errors = faults(found)
    if errors:
        raise Invalid(Sentence(N_("Please complete the form.")), errors=errors)
    return found


def files_fit(sizes: list[int]) -> None:
    if len(sizes) > MOST_FILES:
        raise Invalid(Sentence(N_("At most 10 files can be attached.")), field="attachments")
    if any(size > MOST_FILE_BYTES for size in sizes):
        raise Invalid(Sentence(N_("A file may have at most 20 MB.")), field="attachments")
