import itertools
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from articles.privileges import PRIVILEGES


@pytest.fixture
def migrations():
    loader = MigrationLoader(None)
    return {name: node for (app, name), node in loader.disk_migrations.items() if app == "articles"}


def test_migrations_are_one_line(migrations):
    names = sorted(migrations)
    for before, after in itertools.pairwise(names):
        assert [name for app, name in migrations[after].dependencies if app == "articles"] == [before]


def test_migrations_are_numbered_without_gaps_and_named_by_intent(migrations):
    names = sorted(migrations)

    assert [int(name.partition("_")[0]) for name in names] == list(range(1, len(names) + 1))
    assert not [name for name in names if re.search(r"_auto_|_alter_\w+_and_more$", name)]


def test_every_migration_can_be_undone(migrations):
    stuck = [name for name, node in migrations.items() for step in node.operations if not step.reversible]

    assert stuck == []


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_table_of_the_desk_has_its_privileges_written_down():
    models = apps.get_app_config("articles").get_models(include_auto_created=True)

    assert {model._meta.db_table for model in models if model._meta.managed} <= set(PRIVILEGES)
