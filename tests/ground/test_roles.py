import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from articles.privileges import PRIVILEGES
from factcheck import database, roles
from factcheck.postgres import ADMINISTRATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db, settings):
    """A connection that may make roles, which are gone with its transaction."""
    if not settings.DATABASE_IS_EMBEDDED:
        pytest.skip("A server of one's own is not asked for its superuser.")
    with database.embedded().connect(role=ADMINISTRATOR) as administrator:
        administrator.autocommit = False
        yield administrator
        administrator.rollback()


@pytest.fixture
def role():
    return f"role_{uuid.uuid4().hex}"


def _powers(connection, role):
    query = "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = %s"
    return connection.execute(query, [role]).fetchone()


def test_tests_run_as_the_applications_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        user, name = cursor.fetchone()

    assert user == roles.APPLICATION
    assert name.startswith("test_factcheck")


def test_the_application_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE own (id int)",
        "CREATE TEMPORARY TABLE articles_person (id int)",
        "ALTER TABLE articles_claim DISABLE TRIGGER ALL",
        "TRUNCATE articles_auditevent",
        "SET session_replication_role = replica",
        "SET ROLE factcheck_owner",
        "DELETE FROM django_migrations",
    ],
)
def test_the_application_cannot_get_around_the_rules(statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


def test_privileges_are_exactly_those_written_down():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(privilege_type, ', ' ORDER BY privilege_type)"
            " FROM information_schema.role_table_grants WHERE grantee = %s GROUP BY table_name",
            [roles.GROUP],
        )
        granted = dict(cursor.fetchall())

    for table, privileges in PRIVILEGES.items():
        whole_table = {
            word.strip() for word in privileges.split(",") if word.strip() in {"SELECT", "INSERT", "UPDATE", "DELETE"}
        }
        assert set(filter(None, granted.get(table, "").split(", "))) == whole_table, table


def test_a_missing_role_is_made(administrator, role):
    roles.ensure_application(administrator, role, "pass'word")

    assert _powers(administrator, role) == (False, False, False, False, True)


def test_a_role_that_may_too_much_is_refused(administrator, role):
    administrator.execute(f"CREATE ROLE {role} LOGIN CREATEDB")

    with pytest.raises(roles.RolesError, match="DATABASE_OWNER_URL"):
        roles.ensure_application(administrator, role)


def test_an_owner_without_the_right_to_make_roles_is_told_what_to_run(administrator, role):
    administrator.execute(f"CREATE ROLE {role}_owner")
    administrator.execute(f"SET LOCAL ROLE {role}_owner")

    with pytest.raises(roles.RolesError, match=f"CREATE ROLE {role} LOGIN"):
        roles.ensure_application(administrator, role)


def test_migrating_as_the_application_is_refused():
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL"):
        call_command("migrate", database="default")
