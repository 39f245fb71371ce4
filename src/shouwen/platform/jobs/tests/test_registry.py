"""Jobs and schedules have names for programs and names for people."""

from shouwen.platform.jobs import registry


def test_every_job_and_schedule_of_ours_has_a_name_for_people() -> None:
    known = [*registry._work.values(), *registry.recurring().values()]
    ours = [
        one for one in known if one.fn.__module__.startswith("shouwen.") and ".tests" not in one.fn.__module__
    ]
    assert len(ours) > 20
    assert [one.name for one in ours if not one.label] == []


def test_a_job_that_only_a_newer_process_knows_goes_by_its_name() -> None:
    assert registry.label_of("channels.deliver") != "channels.deliver"
    assert registry.label_of("rooms.of_tomorrow") == "rooms.of_tomorrow"
