"""What the clock starts."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shouwen.cases import services
from shouwen.cases.services import escalating, personal, signing_in
from shouwen.cases.services.automation import hearing, speaking, timing
from shouwen.platform.access import now
from shouwen.platform.jobs import every, job


@every("cases.close_silent", seconds=60, label=_("Close requests whose customers stay silent"))
def close_silent(*, at: datetime) -> None:
    services.close_silent(at=at)


@every("cases.unclaimed", seconds=30, label=_("Pass on what nobody took"))
def what_nobody_took_goes_on(*, at: datetime) -> None:
    services.pass_on_due(at=at)


@every("cases.ladder", seconds=30, label=_("Raise what has waited too long"))
def what_was_raised_goes_on(*, at: datetime) -> None:
    escalating.look_at_ladder(at=at)


@every("cases.wake_snoozed", seconds=30, label=_("Bring back what was put aside"))
def wake_snoozed(*, at: datetime) -> None:
    personal.wake_snoozed(at=at)


@job(signing_in.SEND, label=_("Send a customer the code to sign in"))
def send_portal_code(*, asking_id: int) -> None:
    signing_in.send_code(asking_id=asking_id, at=now())


@every("cases.forget_codes", seconds=3600, label=_("Forget old codes to sign in"))
def forget_codes(*, at: datetime) -> None:
    signing_in.forget_codes(at=at)


@every("cases.time_rules", seconds=60, label=_("Run the rules that wait for a time"))
def time_rules(*, at: datetime) -> None:
    timing.run(at=at)


@job(hearing.LATER, label=_("Do what a rule says"))
def rule_later(*, rule_id: int, case_id: int, cause: str) -> None:
    hearing.act_later(rule_id=rule_id, case_id=case_id, cause=cause, at=now())


@job(speaking.MAIL, label=_("Mail a colleague what a rule says"))
def mail_staff(*, case_id: int, user_id: int, text: str, key: str) -> None:
    speaking.mail_staff(case_id=case_id, user_id=user_id, text=text, key=key, at=now())
