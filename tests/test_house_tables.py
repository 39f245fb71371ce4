"""The rules of the house about tables, asked of Django's own registry of models."""

from collections.abc import Iterable
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Field, Model

from tests.house.source import GROUND, SOURCE, floors


def ours() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("shouwen.")
    ]


def room_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


def relations(model: type[Model]) -> Iterable[tuple["Field[object, object]", type[Model]]]:
    """Foreign keys and many-to-many fields of a model that lead to another model of ours."""
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        other = field.remote_field.model if field.remote_field else None
        if isinstance(other, type) and other.__module__.startswith("shouwen."):
            yield field, other


def nothing(found: Iterable[str]) -> None:
    listed = list(found)
    assert not listed, "\n" + "\n".join(listed)


def test_foreign_keys_point_down_or_stay_in_their_room() -> None:
    nothing(
        f"{model._meta.label}.{field.name} points up or sideways to {other._meta.label}"
        for model in ours()
        for field, other in relations(model)
        if room_of(other) != room_of(model) and floors()[room_of(other)] >= floors()[room_of(model)]
    )


def test_no_room_hangs_a_name_on_a_table_of_another() -> None:
    nothing(
        f'{model._meta.label}.{field.name}: say related_name="+"'
        for model in ours()
        for field, other in relations(model)
        if room_of(other) != room_of(model) and not field.remote_field.hidden
    )


def test_every_room_with_tables_is_installed() -> None:
    rooms = {path.parent.name for path in SOURCE.glob("*/models*")} - GROUND
    nothing(
        f"shouwen.{room} has tables and is not among the installed rooms"
        for room in sorted(rooms)
        if find_spec(f"shouwen.{room}.models") and not apps.is_installed(f"shouwen.{room}")
    )


def test_every_table_has_a_primary_key_that_never_runs_out() -> None:
    nothing(
        f"{model._meta.label}: {type(model._meta.pk).__name__}"
        for model in ours()
        if type(model._meta.pk).__name__ not in {"BigAutoField", "OneToOneField", "CharField", "UUIDField"}
    )


@pytest.mark.django_db
def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
