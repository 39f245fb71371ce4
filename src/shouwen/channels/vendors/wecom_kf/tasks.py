"""When the platform rang, and now and then in case that a ring was lost."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shouwen.channels import queries
from shouwen.channels.vendors.wecom_kf import fetching
from shouwen.platform.access import now
from shouwen.platform.jobs import enqueue, every, job

FETCH = "channels.wecom_kf"
EVERY_SECONDS = 300


def fetch_soon(account_id: int, token: str = "") -> None:
    enqueue(FETCH, {"account_id": account_id, "token": token}, key=f"{FETCH}:{account_id}")


@job(FETCH, attempts=6, lease_seconds=600, label=_("Fetch what customers wrote to WeCom's customer service"))
def fetch(*, account_id: int, token: str) -> None:
    account = queries.account(account_id)
    if account.active:
        fetching.fetch_all(account, token, now())


@every(
    "channels.wecom_kf",
    seconds=EVERY_SECONDS,
    label=_("Look whether WeCom's customer service has something new"),
)
def look(*, at: datetime) -> None:
    for account in queries.active_accounts("wecom_kf"):
        fetch_soon(account.pk)
