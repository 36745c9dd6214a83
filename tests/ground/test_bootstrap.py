import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck import bootstrap

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A root of its own, with requirements and an environment that says it has them."""
    for name, path in {"ROOT": "", "ENVIRONMENT": ".venv", "PYTHON": ".venv/bin/python"}.items():
        monkeypatch.setattr(bootstrap, name, tmp_path / path)
    for name, file in {"PRODUCT": "requirements.txt", "TESTS": "requirements-dev.txt"}.items():
        monkeypatch.setattr(bootstrap, name, tmp_path / file)
        (tmp_path / file).write_text(name)
    (tmp_path / ".venv").mkdir()
    return tmp_path


@pytest.fixture
def ran(monkeypatch):
    """Commands are noted instead of run; a test says which of them fail, and with what words."""
    noted = Noted()
    monkeypatch.setattr(bootstrap, "run", noted)
    return noted


class Noted:
    def __init__(self):
        self.commands, self.failures = [], {}

    def __call__(self, command):
        self.commands.append(command)
        return next((said for part, said in self.failures.items() if any(part in word for word in command)), None)


def test_does_nothing_where_django_is(monkeypatch):
    monkeypatch.setattr(bootstrap, "make", pytest.fail)

    bootstrap.prepare(["up"])


def test_tests_and_measurements_need_more_packages():
    assert bootstrap.requirements_for(["up", "test"]) == bootstrap.PRODUCT
    assert bootstrap.requirements_for([]) == bootstrap.PRODUCT
    assert bootstrap.requirements_for(["test", "-k", "up"]) == bootstrap.TESTS
    assert bootstrap.requirements_for(["bench"]) == bootstrap.TESTS


def test_a_second_start_installs_nothing(clone, ran):
    bootstrap.make(bootstrap.PRODUCT)
    ran.commands.clear()

    bootstrap.make(bootstrap.PRODUCT)

    assert not [command for command in ran.commands if "install" in command]


def test_changed_requirements_are_installed_with_their_hashes(clone, ran):
    bootstrap.make(bootstrap.PRODUCT)
    ran.commands.clear()
    bootstrap.PRODUCT.write_text("changed")

    bootstrap.make(bootstrap.PRODUCT)

    assert [command for command in ran.commands if "pip" in command and "--require-hashes" in command]


def test_what_tests_need_holds_the_product_too(clone, ran):
    bootstrap.make(bootstrap.TESTS)

    assert bootstrap.is_installed(bootstrap.PRODUCT)


def test_a_failed_installation_is_shown_and_tried_again_next_time(clone, ran, capsys):
    ran.failures["pip"] = "no space left on device"

    with pytest.raises(SystemExit):
        bootstrap.make(bootstrap.PRODUCT)

    assert "no space left on device" in capsys.readouterr().err
    assert not bootstrap.is_installed(bootstrap.PRODUCT)


def test_an_environment_that_was_cut_short_is_made_anew(clone, ran):
    ran.failures["--version"] = "No module named pip"

    bootstrap.make(bootstrap.PRODUCT)

    assert [command for command in ran.commands if "venv" in command and "--clear" in command]


def test_a_python_without_venv_gets_the_cure(clone, ran, capsys):
    ran.failures = {str(bootstrap.PYTHON): "not there", "venv": "No module named ensurepip"}

    with pytest.raises(SystemExit):
        bootstrap.make(bootstrap.PRODUCT)

    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_an_old_python_looks_for_a_newer_one(tmp_path, monkeypatch):
    newer = tmp_path / "python3.13"
    newer.symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))

    assert bootstrap.find_python() == str(newer)


def test_an_old_python_alone_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))

    with pytest.raises(SystemExit):
        bootstrap.find_python()

    assert "needs Python 3.12 or newer; this is 3.8" in capsys.readouterr().err


def test_a_name_that_leads_nowhere_is_passed_over(tmp_path):
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)

    assert not bootstrap.runs(str(shim))
    assert not bootstrap.runs(str(tmp_path / "missing"))
    assert bootstrap.runs(sys.executable)


@pytest.mark.parametrize("name", ["manage.py", "factcheck/bootstrap.py", "factcheck/progress.py"])
def test_old_pythons_can_read_what_runs_first(name):
    ast.parse((ROOT / name).read_text(), feature_version=(3, 6))


def test_the_standard_library_is_enough():
    code = "import sys; import factcheck.bootstrap; sys.exit('django' in sys.modules)"

    result = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, env={**os.environ}, check=False)

    assert result.returncode == 0
