"""Codes in words, for screens, sentences and the record."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.complaints.models import Stage, State

STAGE_LABELS: Final[dict[str, Any]] = dict(Stage.choices)
# code of a required record: (what is missing, where it is written down)
NEEDS: Final[dict[str, tuple[Any, str]]] = {
    "remedy_sought": (_("What the customer asks for"), "receipt"),
    "acknowledgement": (_("The customer knows that we have it"), "acknowledgement"),
    "assessment": (_("Assessment of severity, safety, complexity and impact"), "assessment"),
    "investigator": (_("Who looks into it, without an interest of their own"), "investigator"),
    "customer_account": (_("What the customer says happened"), "account"),
    "our_account": (_("What the other side says happened"), "account"),
    "evidence": (_("Evidence, or why there can be none"), "evidence"),
    "customer_asked": (_("What the customer confirms of the facts"), "customers-answer"),
    "finding": (_("Validity, demand and liability, with what they rest on"), "nature"),
    "explanation": (_("The decision explained to the customer"), "explanation"),
    "options": (_("Ways out, side by side"), "option"),
    "agreement": (_("An option the customer chose, granted where it costs something"), "option"),
    "performance": (_("What was agreed is done"), "performance"),
    "customers_word": (_("The customer's word, or the outside ways named"), "customers-word"),
    "review": (_("Cause, lesson and measure"), "review"),
}
RECORDED: Final[dict[str, Any]] = {
    **{code: label for code, (label, _where) in NEEDS.items()},
    "interest": _("A colleague has an interest of their own"),
    "interest_lifted": _("An interest of a colleague's own was lifted"),
    "urgent_settled": _("The urgent part was dealt with"),
    "evidence_removed": _("Evidence was taken off the list"),
    "acceptance": _("Whether the customer would take an option"),
    "member": _("Somebody joined the complaint"),
    "member_left": _("Somebody left the complaint"),
    "members_told": _("Another complainant was told the decision"),
}
STATE_TONES: Final = {
    State.ACTIVE.value: "info",
    State.CLOSED.value: "good",
    State.WITHDRAWN.value: "neutral",
    State.NO_COMPLAINT.value: "neutral",
}
ASPECTS: Final = {
    "validity": pgettext_lazy("nature", "Validity"),
    "demand": pgettext_lazy("nature", "Demand"),
    "liability": pgettext_lazy("nature", "Liability"),
}
HOWS: Final = {
    "message": _("As a message on the case"),
    "phone": _("On the phone"),
    "desk": _("Face to face"),
}
REFUSED_HERE: Final = _("Nobody may grant this amount: no role's authority reaches so far.")
LIBRARY_PARTS: Final[dict[str, Any]] = {
    "background": pgettext_lazy("library", "Background"),
    "course": pgettext_lazy("library", "What happened"),
    "mistakes": pgettext_lazy("library", "What went wrong"),
    "right_way": pgettext_lazy("library", "The right way"),
    "lesson": pgettext_lazy("library", "Lesson"),
    "questions": pgettext_lazy("library", "Questions to discuss"),
}
