"""The demonstration company has complaints at every stage of the path."""

import pytest

from shouwen.cases.testing import furnished
from shouwen.complaints.models import Complaint, Grant, OutsideMatter
from shouwen.complaints.rules.path import STAGES
from shouwen.demo.loading import load
from shouwen.demo.tests.test_company import AT

pytestmark = pytest.mark.django_db


def test_there_are_complaints_at_many_stages_with_their_records() -> None:
    furnished(AT)
    load(at=AT)
    stages = set(Complaint.objects.filter(state="active").values_list("stage", flat=True))
    assert len(stages) >= len(STAGES) // 2
    assert Complaint.objects.filter(state="closed").count() > 50
    assert Grant.objects.exists()
    assert OutsideMatter.objects.filter(clock_id__isnull=False).exists()
