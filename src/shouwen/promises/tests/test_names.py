import pytest
from django.utils import translation

from shouwen.promises import queries
from shouwen.promises.testing import an_item

pytestmark = pytest.mark.django_db


def test_a_service_item_goes_by_its_name_in_the_readers_language() -> None:
    item = an_item("上门维修", name_en="Repair at home")
    with translation.override("en"):
        assert item.local_name == "Repair at home"
        assert (str(item.pk), "Repair at home") in queries.item_choices()
    with translation.override("zh-hans"):
        assert (str(item.pk), "上门维修") in queries.item_choices()
