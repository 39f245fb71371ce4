from django.utils import translation

from shouwen.channels.models.counter import Matter


def test_a_matter_goes_by_its_name_in_the_readers_language() -> None:
    both, one = Matter(name="办卡", name_en="New card"), Matter(name="咨询")
    with translation.override("en"):
        assert (both.local_name, one.local_name) == ("New card", "咨询")
    with translation.override("zh-hans"):
        assert both.local_name == "办卡"
