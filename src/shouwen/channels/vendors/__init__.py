"""One folder for each way a channel works, all with the same furniture: `vendor.py`, its own rules, tests.

`get(code)` gives the vendor. They register themselves through `register_all` when the room starts.
"""

from shouwen.channels.registry import Vendor, all_vendors, get, register

__all__ = ["Vendor", "all_vendors", "get", "register", "register_all"]


def register_all() -> None:
    from shouwen.channels.vendors.chat.vendor import Chat
    from shouwen.channels.vendors.desk.vendor import Desk
    from shouwen.channels.vendors.email.vendor import Email
    from shouwen.channels.vendors.internal.vendor import Internal
    from shouwen.channels.vendors.phone.vendor import Phone
    from shouwen.channels.vendors.sms.vendor import Sms
    from shouwen.channels.vendors.web_form.vendor import WebForm
    from shouwen.channels.vendors.webhook.vendor import Webhook
    from shouwen.channels.vendors.wechat.vendor import WeChat
    from shouwen.channels.vendors.wecom.vendor import WeCom
    from shouwen.channels.vendors.wecom_kf.vendor import WeComKf

    known: list[Vendor] = [Email(), WebForm(), Chat(), Phone(), Desk(), Internal()]
    known += [WeChat(), WeCom(), WeComKf(), Sms(), Webhook()]
    for vendor in known:
        register(vendor)
