from collections.abc import Iterator
from typing import Any

import pytest

from shouwen.channels.testing import Upstairs, make_line, taking_in
from shouwen.channels.vendors.wecom_kf.simulator import KfPlatform

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


@pytest.fixture
def upstairs() -> Iterator[Upstairs]:
    with taking_in() as upstairs:
        yield upstairs


@pytest.fixture
def platform(live_server: Any, upstairs: Upstairs) -> Iterator[KfPlatform]:
    with KfPlatform(token="sharedtoken", aes_key=KEY, receiver="ww1") as platform:
        given = {
            "corp_id": "ww1",
            "app_secret": "s",
            "token": "sharedtoken",
            "aes_key": KEY,
            "api": platform.url,
        }
        account = make_line("wecom_kf", open_kfid="wkDesk1", welcome="您好，请讲", **given)
        platform.hook = f"{live_server.url}/hooks/wecom_kf/{account.pk}/"
        yield platform
