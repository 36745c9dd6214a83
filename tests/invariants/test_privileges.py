"""The application's role: no superuser, no owner, deletes nothing, and may write exactly what is written down."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import connection

from articles.models import EditableRow, Membership
from articles.privileges import PRIVILEGES
from factcheck import roles
from tests.invariants.attacks import DENIED, refused, run

pytestmark = pytest.mark.django_db

MODELS = apps.get_app_config("articles").get_models(include_auto_created=True)
TABLES = sorted(["articles_untold", *(model._meta.db_table for model in MODELS)])
EDITABLE = [model for model in apps.get_app_config("articles").get_models() if issubclass(model, EditableRow)]
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


FORGOTTEN = {"django_cache", "django_session", "mfa_authenticator", "usersessions_usersession"}
"""What ends by being deleted: attempts, sessions and second factors."""


def test_every_table_is_in_privileges() -> None:
    tables = {name for (name,) in run("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")}

    assert set(PRIVILEGES) == tables > set(TABLES)


def test_only_what_ends_is_deleted() -> None:
    assert {table for table, words in PRIVILEGES.items() if "DELETE" in words} == FORGOTTEN


def test_the_role_has_no_power() -> None:
    assert run(
        "SELECT current_user::text, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
        " FROM pg_roles WHERE rolname = current_user"
    ) == [(roles.APPLICATION, False, False, False, False, False)]


def test_the_role_owns_nothing() -> None:
    assert run("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user") == []
    assert run("SELECT proname FROM pg_proc WHERE pg_get_userbyid(proowner) = current_user") == []


def test_the_role_is_member_of_its_group_alone() -> None:
    memberships = "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = current_user::regrole"

    assert run(memberships) == [(roles.GROUP,)]


@pytest.mark.parametrize("table", sorted(PRIVILEGES))
def test_privileges_are_exactly_as_written_down(table: str) -> None:
    allowed = dict.fromkeys(re.findall(r"[A-Z]+", re.sub(r"\(.*?\)", "", PRIVILEGES[table])), True)
    columns = re.search(r"UPDATE \((.*)\)", PRIVILEGES[table])

    for privilege in WRITES:
        whole = allowed.get(privilege, False) and not (privilege == "UPDATE" and columns)
        assert run("SELECT has_table_privilege(%s, %s)", table, privilege) == [(whole,)], privilege
    if columns:
        assert updatable(table) == set(columns[1].replace('"', "").split(", "))


@pytest.mark.parametrize("table", sorted(set(PRIVILEGES) - FORGOTTEN))
def test_no_row_is_deleted_and_no_table_emptied(table: str) -> None:
    with refused(DENIED):
        run(f"DELETE FROM {table}")
    with refused(DENIED):
        run(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("model", EDITABLE, ids=lambda model: model._meta.model_name)
def test_every_editable_table_has_its_guards(model: type[EditableRow]) -> None:
    triggers = {
        name for (name,) in run("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", model._meta.db_table)
    }

    assert {"revision_grows", "is_permanent", "change_has_event"} <= triggers


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE articles_claim DISABLE TRIGGER ALL",
        "ALTER TABLE articles_claim DISABLE TRIGGER claim_moves",
        "ALTER TABLE articles_claim DROP CONSTRAINT claim_has_text",
        "ALTER TABLE articles_auditevent OWNER TO CURRENT_USER",
        "DROP TRIGGER claim_moves ON articles_claim",
        "DROP TABLE articles_review CASCADE",
        "DROP FUNCTION append_event CASCADE",
        "CREATE TABLE articles_other (id int)",
        "CREATE TEMPORARY TABLE articles_auditevent (id int)",
        "CREATE SCHEMA other",
        "CREATE FUNCTION other() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION claim_digest(uuid, uuid) RETURNS text LANGUAGE sql AS 'SELECT null::text'",
        "CREATE RULE nothing AS ON INSERT TO articles_auditevent DO INSTEAD NOTHING",
        "CREATE TRIGGER later AFTER INSERT ON articles_claim EXECUTE FUNCTION is_permanent()",
        "SET session_replication_role = replica",
        "SET LOCAL session_replication_role = replica",
        "SELECT set_config('session_replication_role', 'replica', false)",
        f"SET ROLE {roles.OWNER}",
        f"SET SESSION AUTHORIZATION {roles.OWNER}",
        f"GRANT {roles.OWNER} TO CURRENT_USER",
        f"ALTER ROLE {roles.APPLICATION} SUPERUSER",
        "COPY articles_claim FROM PROGRAM 'true'",
        "COPY articles_claim TO '/tmp/claims'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('articles', '0002', now())",
    ],
)
def test_nothing_can_be_switched_off(statement: str, alice: Membership) -> None:
    with refused(DENIED):
        run(statement)


def test_the_role_grants_itself_nothing() -> None:
    run(f"GRANT DELETE ON articles_claim TO {roles.GROUP}")  # PostgreSQL only warns

    assert run("SELECT has_table_privilege('articles_claim', 'DELETE')") == [(False,)]


def test_every_function_names_its_search_path() -> None:
    path = "search_path=pg_catalog, public, pg_temp"
    functions = (
        "SELECT proname FROM pg_proc JOIN pg_language ON pg_language.oid = prolang WHERE lanname IN ('plpgsql', 'sql')"
        " AND pronamespace = 'public'::regnamespace AND NOT %s = ANY (coalesce(proconfig, '{}'))"
    )

    assert run(functions, path) == []


def test_only_the_applications_group_touches_the_history() -> None:
    for signature in ("append_event(uuid, uuid, text, text, uuid, jsonb, uuid)", "hold_history(uuid)"):
        assert run("SELECT has_function_privilege('public', %s, 'EXECUTE')", signature) == [(False,)]
        assert run("SELECT has_function_privilege(%s, 'EXECUTE')", signature) == [(True,)]


def updatable(table: str) -> set[str]:
    query = (
        "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND has_column_privilege(attrelid, attnum, 'UPDATE')"
    )
    return {name for (name,) in run(query, table)}


def test_no_transaction_here_is_made_as_the_owner() -> None:
    assert connection.settings_dict["USER"] == roles.APPLICATION
