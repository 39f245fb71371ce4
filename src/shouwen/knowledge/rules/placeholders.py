"""Gaps in templates: {{customer_name}}, {{agent_name}}, {{case_ref}}, {{promise}}, {{organisation}}."""

import re
from collections.abc import Mapping

from shouwen.kernel.errors import N_, Invalid, Sentence

KNOWN = ("customer_name", "agent_name", "case_ref", "promise", "organisation")
GAP = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LONGEST_BODY = 4000


def gaps(body: str) -> list[str]:
    """Names of the gaps in `body`, in order, each once."""
    return list(dict.fromkeys(GAP.findall(body)))


def check(body: str) -> None:
    """Invalid for an unknown gap, and for a customer's name more than once: that reads like a form letter."""
    if not body.strip():
        raise Invalid(Sentence(N_("Write the text of the template.")), field="body")
    if len(body) > LONGEST_BODY:
        raise Invalid(
            Sentence(N_("A template has at most %(limit)s characters."), {"limit": LONGEST_BODY}),
            field="body",
        )
    unknown = [name for name in gaps(body) if name not in KNOWN]
    if unknown:
        params = {"gap": "{{" + unknown[0] + "}}", "known": ", ".join("{{" + name + "}}" for name in KNOWN)}
        raise Invalid(
            Sentence(N_("There is no gap called %(gap)s. These can be filled in: %(known)s."), params),
            field="body",
        )
    if GAP.findall(body).count("customer_name") > 1:
        raise Invalid(
            Sentence(N_("Use the customer's name once; more sounds like a form letter.")), field="body"
        )


def fill(body: str, values: Mapping[str, str]) -> str:
    """`body` with its gaps filled. A gap without a value stays, so that nobody overlooks it before sending.

    Values are put in as they are and never read for gaps themselves.
    """
    return GAP.sub(lambda gap: str(values.get(gap[1]) or "").strip() or gap[0], body)
