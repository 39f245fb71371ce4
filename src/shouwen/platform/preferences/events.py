"""Facts about the organisation's settings."""

from shouwen.kernel.events import Fact, fact


@fact("preferences.changed")
class PreferencesChanged(Fact):
    codes: list[str]
