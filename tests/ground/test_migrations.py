import itertools
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from articles.management.commands.migrate import of_columns
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


MADE = {
    "columns": (
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
        " WHERE table_schema = 'public'"
    ),
    "constraints": (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred"
        " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    ),
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal",
    "functions": (
        "SELECT oid::regprocedure::text, prosrc, proacl::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    ),
    "privileges": (
        "SELECT table_name, column_name, privilege_type FROM information_schema.column_privileges"
        " WHERE grantee = 'factcheck_app'"
    ),
}
"""All that migrations make, but for the order of columns."""


@pytest.mark.matrix
@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "owner"])
def test_the_last_migrations_are_taken_back_and_made_again():
    """Nothing of it stays: it is one transaction, which the end of the test rolls back."""

    def made():
        with connections["owner"].cursor() as cursor:
            return {name: sorted(map(str, cursor.execute(query).fetchall())) for name, query in MADE.items()}

    before = made()
    call_command("migrate", "articles", "0016", verbosity=0)
    between = made()
    call_command("migrate", verbosity=0)

    assert between != before
    assert made() == before


def test_privileges_are_given_as_far_as_their_columns_are_there():
    there = {"title", "end"}

    assert of_columns('SELECT, INSERT, UPDATE (title, "end", terms)', there) == 'SELECT, INSERT, UPDATE (title, "end")'
    assert of_columns("SELECT, INSERT, UPDATE (terms)", there) == "SELECT, INSERT"
    assert of_columns("SELECT", there) == "SELECT"


def test_every_table_of_the_desk_has_its_privileges_written_down():
    models = apps.get_app_config("articles").get_models(include_auto_created=True)

    assert {model._meta.db_table for model in models if model._meta.managed} <= set(PRIVILEGES)
