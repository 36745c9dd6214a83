import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Page

from factcheck.joining import joined_modules, joined_styles

SOURCES = settings.BASE_DIR / "articles/static"


def test_a_stylesheet_takes_in_what_it_imports() -> None:
    files = {"css/main.css": '@import "a.css";\nb {}\n', "css/a.css": "a {}\n"}

    assert joined_styles("css/main.css", files.__getitem__) == "a {}\nb {}\n"


def test_a_module_stands_once_after_what_it_imports() -> None:
    files = {
        "js/main.js": 'import "./x/one.js";\nimport "./x/two.js";\n',
        "js/x/one.js": 'import { count } from "../count.js";\ncount(1);\n',
        "js/x/two.js": 'import { count } from "../count.js";\ncount(2);\n',
        "js/count.js": "export function count() {}\n",
    }

    assert joined_modules("js/main.js", files.__getitem__).split("\n\n") == [
        "(() => {\nfunction count() {}",
        "count(1);",
        "count(2);",
        "})();\n",
    ]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('import { a as b } from "./a.js";\n', "renames"),
        ('import * as a from "./a.js";\n', "cannot be joined"),
        ("export default class {}\n", "cannot be joined"),
        ('import { a } from "./a.js";\nconst a = 1;\n', "both declare a"),
        ("const a = f();\nconst [b, c] = [(a + 1) / 2, a];\n", "give that a name first"),
        ("const { b } = (f() ?? g()).c;\n", "give that a name first"),
    ],
)
def test_what_cannot_be_joined_is_refused(source: str, reason: str) -> None:
    files = {"main.js": source, "a.js": "export const a = 1;\n"}

    with pytest.raises(ValueError, match=reason):
        joined_modules("main.js", files.__getitem__)


def test_a_call_or_a_function_in_what_is_taken_apart_can_be_joined() -> None:
    source = "const [a, b] = f(1, (x) => g(x), [h()])?.(2) ?? [];\nconst c = (a + b) / 2;\n"

    assert source in joined_modules("main.js", {"main.js": source}.__getitem__)


@pytest.mark.slow
def test_production_serves_the_joined_files(tmp_path: Path) -> None:
    hashed = {"staticfiles": {"BACKEND": "factcheck.storage.HashedStaticFilesStorage"}}
    with override_settings(STATIC_ROOT=tmp_path, STATICFILES_DIRS=[], STORAGES=settings.STORAGES | hashed):
        call_command("collectstatic", interactive=False, verbosity=0)
        style, script = (
            tmp_path / staticfiles_storage.url(name).removeprefix(settings.STATIC_URL)
            for name in ("articles/css/main.css", "articles/js/main.js")
        )

    assert "@import" not in style.read_text()
    assert "import " not in script.read_text()
    assert style.with_name(f"{style.name}.gz").stat().st_size < 14_000
    assert script.with_name(f"{script.name}.gz").stat().st_size < 20_000


@pytest.mark.parametrize("name", ["main", "workbench", "later", "keys", "flat"])
def test_the_joined_script_still_defines_every_element(page: Page, name: str) -> None:
    script = joined_modules(f"articles/js/{name}.js", lambda path: (SOURCES / path).read_text())
    page.add_script_tag(content=script, type="module")
    elements = re.findall(r'customElements\.define\("([\w-]+)"', script)

    assert elements
    # A module runs some time after its element is there.
    page.wait_for_function("names => names.every((name) => customElements.get(name))", arg=elements)
