import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.env import Environment


def test_values_are_read():
    env = Environment({"NAME": " desk ", "SIZE": "8", "ON": "True", "HOSTS": "a.example, b.example,", "LEVEL": "INFO"})

    assert env.text("NAME") == "desk"
    assert env.integer("SIZE", default=1, least=1, most=10) == 8
    assert env.boolean("ON", default=False) is True
    assert env.words("HOSTS") == ["a.example", "b.example"]
    assert env.choice("LEVEL", default="DEBUG", among=("DEBUG", "INFO")) == "INFO"


def test_an_empty_value_counts_as_not_set():
    env = Environment({"NAME": "", "SIZE": " ", "ON": ""})

    assert env.text("NAME", "default") == "default"
    assert env.integer("SIZE", default=3, least=1, most=10) == 3
    assert env.boolean("ON", default=True) is True


@pytest.mark.parametrize("value", ["ja", "2", "truth", "None"])
def test_a_boolean_is_never_guessed(value):
    with pytest.raises(ImproperlyConfigured, match=r"FLAG is .* write true or false"):
        Environment({"FLAG": value}).boolean("FLAG", default=False)


@pytest.mark.parametrize("value", ["0", "11", "-1", "1.5", "ten", "²", "1_0"])
def test_an_integer_keeps_its_limits(value):
    with pytest.raises(ImproperlyConfigured, match="write a whole number from 1 to 10"):
        Environment({"SIZE": value}).integer("SIZE", default=1, least=1, most=10)


def test_a_choice_names_what_there_is():
    with pytest.raises(ImproperlyConfigured, match="write one of local, production"):
        Environment({"ENV": "live"}).choice("ENV", default="local", among=("local", "production"))


@pytest.mark.parametrize("value", ["Berlin", "../../etc/passwd", "UTC+1"])
def test_a_time_zone_must_exist(value):
    with pytest.raises(ImproperlyConfigured, match="Europe/Berlin"):
        Environment({"ZONE": value}).time_zone("ZONE", default="UTC")


@pytest.mark.parametrize(
    "value", ["", "desk@example.org", "https://example.org", "https://example.org/desk?of=checkers"]
)
def test_a_contact_is_an_address(value):
    assert Environment({"CONTACT": value}).contact("CONTACT") == value


@pytest.mark.parametrize(
    "value", ["the desk", "desk@", "a@b@c", "https://", "ftp://example.org", "a@b\nCookie: c", "a@b (desk)", "désk@b"]
)
def test_a_contact_fits_into_a_header(value):
    with pytest.raises(ImproperlyConfigured, match=r"CONTACT is .* write an e-mail address or a web address"):
        Environment({"CONTACT": value}).contact("CONTACT")


def test_a_secret_may_come_from_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("hidden\n")

    assert Environment({"KEY_FILE": str(file)}).secret("KEY") == "hidden"


def test_a_secret_from_two_places_is_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="KEY or KEY_FILE, not both"):
        Environment({"KEY": "a", "KEY_FILE": str(tmp_path)}).secret("KEY")


def test_a_secret_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"KEY_FILE names .*missing.* cannot be read"):
        Environment({"KEY_FILE": str(tmp_path / "missing")}).secret("KEY")


def test_an_empty_secret_file_is_refused(tmp_path):
    (tmp_path / "key").touch()

    with pytest.raises(ImproperlyConfigured, match="which is empty"):
        Environment({"KEY_FILE": str(tmp_path / "key")}).secret("KEY")


def test_what_is_required_says_why():
    with pytest.raises(ImproperlyConfigured, match=r"Set KEY \(or KEY_FILE\): it signs the sessions\."):
        Environment({}).required("KEY", "it signs the sessions.")
