"""The organisation's settings: rooms say what can be set, an administrator sets it on one page.

Doors: setting, get, services.change.
"""

from shouwen.platform.preferences.registry import get, setting

__all__ = ["get", "setting"]
