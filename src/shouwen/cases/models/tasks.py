"""Work of the back stage for a case (CAS-6): its own clock, its own standard; the owner stays the face."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models.case import Case


class TaskState(models.TextChoices):
    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    DELIVERED = "delivered", _("Delivered")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_TASKS = (TaskState.ASKED, TaskState.ACCEPTED, TaskState.DELIVERED, TaskState.RETURNED)
_open = Q(state__in=["asked", "accepted", "delivered", "returned"])


class Task(models.Model):
    """For a department, a person or a provider; `standard` is the quality gate the delivery is checked against.

    `bound`: a ruling of the chief service manager says whose it is; it cannot be rejected.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=200)
    ask = models.TextField()
    standard = models.TextField(blank=True)
    department = models.ForeignKey(
        "people.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    provider = models.ForeignKey(
        "people.Provider", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    assignee = models.ForeignKey(
        "people.Staff", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_by = models.ForeignKey(
        "people.Staff", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.ASKED)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    delivery = models.TextField(blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    bound = models.BooleanField(default=False)
    return_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["department", "due_at", "id"], condition=_open, name="cases_task_department"
            ),
            models.Index(fields=["provider", "due_at", "id"], condition=_open, name="cases_task_provider"),
            models.Index(fields=["assignee", "due_at", "id"], condition=_open, name="cases_task_assignee"),
            models.Index(fields=["asked_by", "due_at", "id"], condition=_open, name="cases_task_asked_by"),
            models.Index(fields=["due_at", "id"], name="cases_task_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=False) | Q(provider__isnull=False) | Q(assignee__isnull=False),
                name="cases_task_is_for_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> tuple[str, int]:
        return ("task", self.pk)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_TASKS
