"""A migration operation that gives every table of a desk the keys that keep its rows within the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation, OperationCategory

from articles.models.base import DeskForeignKey
from articles.models.fields import MemberForeignKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

PRIMARY_KEY = """
ALTER TABLE {table} DROP CONSTRAINT {table}_pkey;
ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY (desk_id, id);
CREATE INDEX {table}_id ON {table} (id);
"""
REFERENCE = """
ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_in_desk
    FOREIGN KEY (desk_id, {column}) REFERENCES {target} (desk_id, {key});
"""
UNDO_REFERENCE = "ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_in_desk;"
UNDO_PRIMARY_KEY = """
DROP INDEX {table}_id;
ALTER TABLE {table} DROP CONSTRAINT {table}_pkey;
ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY (id);
"""


class KeepWithinDesk(Operation):
    """Make ``(desk_id, id)`` the primary key of each model and its references composite.

    The keys of all the models are made first, so that they may refer to each other in any order.
    """

    reduces_to_sql = True
    reversible = True
    category = OperationCategory.ALTERATION

    def __init__(self, models: list[str]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models already say what the database is to hold."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in self.models:
            table = to_state.apps.get_model(app_label, name)._meta.db_table
            schema_editor.execute(PRIMARY_KEY.format(table=table), params=None)
        for name in self.models:
            for names in _references(to_state.apps.get_model(app_label, name)):
                schema_editor.execute(REFERENCE.format(**names), params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in self.models:
            for names in _references(from_state.apps.get_model(app_label, name)):
                schema_editor.execute(UNDO_REFERENCE.format(**names), params=None)
        for name in self.models:
            table = from_state.apps.get_model(app_label, name)._meta.db_table
            schema_editor.execute(UNDO_PRIMARY_KEY.format(table=table), params=None)

    def describe(self) -> str:
        return "Keep the rows of " + ", ".join(self.models) + " within their desk"


class ReferWithinDesk(Operation):
    """Make new references of a model that is kept within its desk composite as well."""

    reduces_to_sql = True
    reversible = True
    category = OperationCategory.ALTERATION

    def __init__(self, model: str, fields: list[str]) -> None:
        self.model = model
        self.fields = fields

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The model already says what the database is to hold."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for names in self._references(to_state, app_label):
            schema_editor.execute(REFERENCE.format(**names), params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for names in self._references(from_state, app_label):
            schema_editor.execute(UNDO_REFERENCE.format(**names), params=None)

    def describe(self) -> str:
        return f"Keep {', '.join(self.fields)} of {self.model} within the desk"

    def _references(self, state: ProjectState, app_label: str) -> Iterator[dict[str, str]]:
        model = state.apps.get_model(app_label, self.model)
        columns = {model._meta.get_field(name).column for name in self.fields}
        return (names for names in _references(model) if names["column"] in columns)


def _references(model: Any) -> Iterator[dict[str, str]]:
    membership = model._meta.apps.get_model("articles", "Membership")._meta.db_table
    for field in model._meta.local_fields:
        names = {"table": model._meta.db_table, "column": field.column}
        if isinstance(field, MemberForeignKey):
            yield names | {"target": membership, "key": "person_id"}
        elif isinstance(field, DeskForeignKey):
            yield names | {"target": field.remote_field.model._meta.db_table, "key": "id"}
