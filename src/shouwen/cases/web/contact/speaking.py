"""What a customer says on the page of a case, whichever door they came by: a signed link, or the portal."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shouwen.cases import services
from shouwen.cases.queries import customer_page, labels
from shouwen.cases.services import praising
from shouwen.cases.services.requesting import write_in
from shouwen.kernel.errors import Forbidden
from shouwen.platform.access import Actor, actor_of, customer_actor, now
from shouwen.platform.web import Input

PAGE = "cases/customer/page.html"


@dataclass(frozen=True)
class Ways:
    """Where the page's forms are sent, and what stands above it."""

    answer: str
    message: str
    understanding: str
    praise: str
    back: str = ""


def speaker(request: HttpRequest, case: Any) -> Actor:
    """The customer; never somebody of ours who holds the link."""
    if actor_of(request).is_staff:
        raise Forbidden(_("Only the customer speaks here. Write down on the case what they told you."))
    return customer_actor(case.customer_id, case.customer.name, case.customer.language)


def context(request: HttpRequest, case: Any, ways: Ways) -> dict[str, Any]:
    return {
        "ways": ways,
        "page": customer_page.of(case, now()),
        "dimensions": labels.dimensions(),
        "words": [str(word) for word in labels.LEVEL_WORDS],
        "files_lost": [file.name for file in request.FILES.getlist("attachments")],
    }


def answer(request: HttpRequest, case: Any) -> str:
    """Solved or not yet, with how it felt; the sentence of thanks."""
    form = Input(request)
    chosen = form.choice("solved", ("yes", "no"))
    if not chosen:
        form.fail("solved", _("Please say whether it is solved."))
    given = {code: form.integer(f"level_{code}", least=1, most=5) for code, *_rest in labels.dimensions()}
    word = form.text("word", limit=2000)
    form.done()
    levels = {code: level for code, level in given.items() if level is not None}
    solved = chosen == "yes"
    services.answer_confirmation(
        case_id=case.pk, solved=solved, levels=levels, word=word, at=now(), by=speaker(request, case)
    )
    return _("Thank you for your word.") if solved else _("Thank you. The same person goes on at once.")


def message(request: HttpRequest, case: Any) -> tuple[str, int]:
    """More words or files; what they belong to now."""
    form = Input(request)
    text = form.text("text", limit=20_000)
    uploads = [services.Upload(file.name or "", file.size or 0, file) for file in form.files("attachments")]
    form.done()
    return write_in(case_id=case.pk, text=text, uploads=uploads, at=now(), by=speaker(request, case))


def understanding(request: HttpRequest, case: Any) -> str:
    """Yes, that is what I mean."""
    services.confirm_understanding(case_id=case.pk, how="page", at=now(), by=speaker(request, case))
    return _("Thank you, then we go on with this.")


def praise(request: HttpRequest, case: Any) -> str:
    form = Input(request)
    text = form.text("praise", limit=2000, required=True)
    form.done()
    praising.praise(case_id=case.pk, text=text, at=now(), by=speaker(request, case))
    return _("Thank you! Your words reach the person who helped you.")
