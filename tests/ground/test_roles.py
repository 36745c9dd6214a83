import pytest
from django.db import connection

from factcheck import roles


@pytest.mark.django_db
def test_tests_run_as_the_applications_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")

        assert cursor.fetchone() == (roles.APPLICATION, "test_factcheck")
