"""Gaps in templates: {{customer_name}}, {{agent_name}}, {{case_ref}}, {{promise}}, {{organisation}}."""

import re
from collections.abc import Mapping

from shouwen.kernel.errors import N_, Invalid, Sentence

KNOWN = ("customer_name", "agent_name", "case_ref", "promise", "organisation")
GAP = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LONGEST_BODY = 4000
# A message calls the customer by name once: where a greeting stands, and in no second piece put after it.
_CALLED = re.compile(
    r"(?m)^[ \t]*(?:尊敬的|亲爱的|Dear )?\{\{\s*customer_name\s*\}\}(?:先生|女士)?[ \t]*(?:[，,、：:]\s*|$\n?)"
    r"|[，,、]\s*\{\{\s*customer_name\s*\}\}(?:先生|女士)?(?=\s*(?:[，,。！!.?？；;]|$))"
)


def gaps(body: str) -> list[str]:
    """Names of the gaps in `body`, in order, each once."""
    return list(dict.fromkeys(GAP.findall(body)))


def check(body: str, *, greets: bool = False) -> None:
    """Invalid for an unknown gap, for a customer's name more than once, and for a greeting without it."""
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
    named = GAP.findall(body).count("customer_name")
    if named > 1:
        raise Invalid(
            Sentence(N_("Use the customer's name once; more sounds like a form letter.")), field="body"
        )
    if greets and not named:
        raise Invalid(
            Sentence(N_("A greeting calls the customer by name: put {{customer_name}} in once.")),
            field="body",
        )


def fill(body: str, values: Mapping[str, str], *, written: str = "") -> str:
    """`body` with its gaps filled. A gap without a value stays, so that nobody overlooks it before sending.

    Values are put in as they are and never read for gaps themselves. When what is `written` already names the
    customer (or has the gap for it), a form of address is left out: one message calls them by name once. A name
    inside a sentence stays, because the sentence needs it; the reply check counts those.
    """
    name = str(values.get("customer_name") or "").strip()
    if (name and name in written) or "customer_name" in GAP.findall(written):
        body = _CALLED.sub("", body)
    return GAP.sub(lambda gap: str(values.get(gap[1]) or "").strip() or gap[0], body)
