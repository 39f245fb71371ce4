"""Every vendor has the same furniture."""

import pytest

from shouwen.channels import kinds, registry, vendors
from shouwen.kernel.errors import NotFound

CODES = (
    "email",
    "web_form",
    "chat",
    "phone",
    "desk",
    "internal",
    "webhook",
    "wechat",
    "wecom",
    "wecom_kf",
    "sms",
)


@pytest.mark.parametrize("code", CODES)
def test_every_vendor_can_be_asked_the_same_things(code: str) -> None:
    vendor = vendors.get(code)
    assert vendor.code == code
    assert str(vendor.label)
    for verb in ("validate_settings", "test", "deliver", "poll"):
        assert callable(getattr(vendor, verb))


def test_what_is_written_on_a_channel_with_a_carrier_is_delivered_and_the_rest_is_recorded() -> None:
    carried = {code for code in kinds.codes() if registry.carries(code)}
    assert {"email", "webhook"} <= carried
    assert not carried & {"phone", "desk", "letter", "fax", "ivr", "social", "return_visit", "internal"}


def test_an_answer_to_a_post_that_came_in_by_a_webhook_goes_back_by_it() -> None:
    assert registry.carries("social", "u-5512")
    assert not registry.carries("social")


def test_an_unknown_channel_does_not_exist() -> None:
    with pytest.raises(NotFound):
        vendors.get("pigeon")
