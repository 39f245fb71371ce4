"""Fixtures for every test: the rooms' own under src/ and those of the house under tests/."""

pytest_plugins = ["tests.fixtures.session", "tests.fixtures.servers", "tests.fixtures.browser"]
