"""Every vendor has the same furniture."""

import pytest

from shouwen.channels import registry, vendors
from shouwen.kernel.errors import NotFound

CODES = ("email", "web_form", "chat", "phone", "desk", "internal")


@pytest.mark.parametrize("code", CODES)
def test_every_vendor_can_be_asked_the_same_things(code: str) -> None:
    vendor = vendors.get(code)
    assert vendor.code == code
    assert str(vendor.label)
    for verb in ("validate_settings", "test", "deliver", "poll"):
        assert callable(getattr(vendor, verb))


def test_only_mail_has_to_be_carried() -> None:
    carried = {vendor.channel for vendor in registry.all_vendors() if registry.carries(vendor.channel)}
    assert carried == {"email"}


def test_an_unknown_channel_does_not_exist() -> None:
    with pytest.raises(NotFound):
        vendors.get("pigeon")
