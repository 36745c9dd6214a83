"""The database roles and what each may do.

The owner makes the database, the tables and the functions. The application signs in as a member of the group role
`factcheck_app`, which owns nothing, so that no mistake in the web process can change a table or a trigger.
"""

from collections.abc import Mapping

import psycopg
from psycopg import sql

GROUP = "factcheck_app"
OWNER = "factcheck_owner"
APPLICATION = "factcheck"

READ_AND_WRITE = "SELECT, INSERT, UPDATE, DELETE"

_OWN_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"


class RolesError(Exception):
    """The roles are not as they must be; the message says how to make them so."""


def ensure_owner(connection: psycopg.Connection) -> None:
    """Make the owner on a server where the connection is its superuser."""
    if not _exists(connection, OWNER):
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE").format(sql.Identifier(OWNER)))


def ensure_application(connection: psycopg.Connection, name: str = APPLICATION, password: str = "") -> None:
    """Make the group and the application's role where they are missing, and refuse a role that may too much."""
    try:
        if not _exists(connection, GROUP):
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(GROUP)))
        if not _exists(connection, name):
            connection.execute(_create(name, password))
        if not _is_member(connection, name):
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(GROUP), sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise RolesError(_instructions(name)) from error
    _refuse_power(connection, name)


def grant(connection: psycopg.Connection, privileges: Mapping[str, str]) -> None:
    """Give the group exactly `privileges` on the tables named in it, and reading and writing on all others.

    A table's value is what GRANT takes before ON, such as "SELECT, UPDATE (summary)"; an empty one gives nothing.
    """
    _close_database(connection)
    tables = [row[0] for row in connection.execute(_OWN_TABLES)]
    for table in tables:
        _grant_table(connection, table, privileges.get(table, _default(table)))
    connection.execute(
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(sql.Identifier(GROUP))
    )


def _default(table: str) -> str:
    return "SELECT" if table == "django_migrations" else READ_AND_WRITE


def _grant_table(connection: psycopg.Connection, table: str, privileges: str) -> None:
    names = {"table": sql.Identifier(table), "group": sql.Identifier(GROUP)}
    connection.execute(sql.SQL("REVOKE ALL ON TABLE {table} FROM {group}").format(**names))
    if privileges:
        statement = sql.SQL("GRANT {privileges} ON TABLE {table} TO {group}")
        connection.execute(statement.format(privileges=sql.SQL(privileges), **names))


def _close_database(connection: psycopg.Connection) -> None:
    """Temporary tables come first in the search path, so with them a role could put its own in front of ours."""
    name = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(name))


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone() is not None


def _is_member(connection: psycopg.Connection, name: str) -> bool:
    query = (
        "SELECT 1 FROM pg_auth_members JOIN pg_roles AS role ON role.oid = roleid"
        " JOIN pg_roles AS member ON member.oid = pg_auth_members.member"
        " WHERE role.rolname = %s AND member.rolname = %s"
    )
    return connection.execute(query, [GROUP, name]).fetchone() is not None


def _create(name: str, password: str) -> sql.Composed:
    secret = sql.SQL(" PASSWORD {}").format(sql.Literal(password)) if password else sql.SQL("")
    return sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)) + secret


def _refuse_power(connection: psycopg.Connection, name: str) -> None:
    query = "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolname = current_user FROM pg_roles"
    row = connection.execute(query + " WHERE rolname = %s", [name]).fetchone()
    if row and row[0]:
        raise RolesError(
            f"The role {name!r} of DATABASE_URL is a superuser, may create roles or databases, or owns the tables. "
            "Name another role there and the owner in DATABASE_OWNER_URL."
        )


def _instructions(name: str) -> str:
    return (
        "The owner of the database may not create roles. Let an administrator of the server run this once:\n\n"
        f"    CREATE ROLE {GROUP} NOLOGIN;\n"
        f"    CREATE ROLE {name} LOGIN PASSWORD '…';  -- where it does not exist\n"
        f"    GRANT {GROUP} TO {name};\n"
    )
