"""Fixtures for every test: the rooms' own under src/ and those of the house under tests/."""

# Here and not among the plugins below: these stand in for fixtures of pytest-django.
from tests.fixtures.database import django_db_keepdb, django_db_modify_db_settings, django_db_setup

__all__ = ["django_db_keepdb", "django_db_modify_db_settings", "django_db_setup"]

pytest_plugins = ["tests.fixtures.session", "tests.fixtures.servers", "tests.fixtures.browser"]
