"""What a public form may send. A person needs seconds to write and sees no hidden field."""

from dataclasses import dataclass

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

LEAST_SECONDS = 3.0  # nobody reads the form and writes a request faster
MOST_SECONDS = 24 * 3600.0  # after that the page is too old to be trusted
MOST_AN_HOUR = 12  # requests from one network address; an office behind one address still gets through
MOST_NAME, MOST_TITLE, MOST_TEXT, MOST_PHONE, MOST_EMAIL = 80, 200, 10_000, 40, 254
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


def human(*, trap: str, filled_seconds: float | None) -> None:
    """Refused when a hidden field was filled in, or the form came back faster than a person writes."""
    if trap.strip():
        raise Refused(Sentence(N_("This was not accepted. Please write to us by e-mail or call.")))
    if filled_seconds is None or not LEAST_SECONDS <= filled_seconds <= MOST_SECONDS:
        raise Refused(Sentence(N_("Please check what you wrote and send it once more.")))


def not_too_many(sent_this_hour: int) -> None:
    if sent_this_hour >= MOST_AN_HOUR:
        raise Refused(
            Sentence(N_("Many requests came from your network this hour. Please try again later or call."))
        )


def complete(request: Request) -> Request:
    """The request, trimmed; Invalid names every field that is wrong at once."""
    trimmed = Request(
        name=request.name.strip(),
        title=" ".join(request.title.split()),
        text=request.text.strip(),
        email=request.email.strip(),
        phone=request.phone.strip(),
    )
    errors: dict[str, object] = {}
    limits = (
        ("name", trimmed.name, MOST_NAME),
        ("title", trimmed.title, MOST_TITLE),
        ("text", trimmed.text, MOST_TEXT),
        ("email", trimmed.email, MOST_EMAIL),
        ("phone", trimmed.phone, MOST_PHONE),
    )
    for field, value, most in limits:
        if len(value) > most:
            errors[field] = Sentence(N_("This is too long."))
    if not trimmed.name:
        errors.setdefault("name", Sentence(N_("Tell us your name.")))
    if not trimmed.text:
        errors.setdefault("text", Sentence(N_("Tell us what you need.")))
    if not trimmed.email and not trimmed.phone:
        errors.setdefault(
            "email", Sentence(N_("Give an e-mail address or a phone number, so that we can answer."))
        )
    if trimmed.email and ("@" not in trimmed.email[1:-1] or " " in trimmed.email):
        errors.setdefault("email", Sentence(N_("This is not an e-mail address.")))
    if errors:
        raise Invalid(Sentence(N_("Please complete the form.")), errors=errors)
    return trimmed


def files_fit(sizes: list[int]) -> None:
    if len(sizes) > MOST_FILES:
        raise Invalid(Sentence(N_("At most 10 files can be attached.")), field="attachments")
    if any(size > MOST_FILE_BYTES for size in sizes):
        raise Invalid(Sentence(N_("A file may have at most 20 MB.")), field="attachments")
