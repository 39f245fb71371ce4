from collections.abc import Iterator

import pytest

from shouwen.channels.testing import Upstairs, taking_in


@pytest.fixture
def upstairs() -> Iterator[Upstairs]:
    with taking_in() as upstairs:
        yield upstairs
