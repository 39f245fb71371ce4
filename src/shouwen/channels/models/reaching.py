"""What limits writing to somebody, and what opens the other side's door to us."""

from django.db import models

from shouwen.channels.models.accounts import Account


class Reach(models.Model):
    """How far one address may be written to by one account.

    `last_in_at` is when somebody there last wrote; `sent_since` counts what we wrote after that. `stopped_at` is
    when they asked not to be written to, or left; "" in `stopped_by` means that they did not.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=320)
    last_in_at = models.DateTimeField(null=True, blank=True)
    sent_since = models.PositiveIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("account", "address"), name="channels_reach_once")]
        indexes = [models.Index(fields=("address",), name="channels_reach_address")]

    def __str__(self) -> str:
        return f"{self.address} by account {self.account_id}"


class AccessToken(models.Model):
    """The key an account works with on its platform for a while, sealed. One process renews it: who holds
    `renewing_until`; the others wait for it or go on with the one that is still good."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    sealed = models.TextField(blank=True)
    good_until = models.DateTimeField(null=True, blank=True)
    renewing_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"token of account {self.account_id}"
