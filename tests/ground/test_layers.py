"""Who may import whom. The arrows point one way, so that a part can be read without those above it."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

TEXT = {"articles.text"}
MODELS = TEXT | {"articles.models"}
# How stored things are put into words and runs of text, for those who read them.
TELLING = MODELS | {"articles.briefing", "articles.listing", "articles.narration", "articles.rendering"}
READS = TELLING | {"articles.access", "articles.queries"}
SHEETS = TELLING | {"articles.queries", "articles.sheets"}
WRITES = READS | SHEETS | {"articles.intake", "articles.scales", "articles.actions"}
EVERYTHING_BELOW_VIEWS = WRITES | {
    "articles.history",
    "articles.inviting",
    "articles.passwords",
    "articles.previewing",
    "articles.forms",
    "articles.http",
}

# Sentences, exceptions and names that every part may use; they import nothing themselves.
EVERYWHERE = {"articles.errors", "articles.keys", "articles.sentences"}
# What each part may import from the project besides itself.
MAY_IMPORT = {
    "articles.errors": set(),
    "articles.keys": set(),
    "articles.sentences": set(),
    "articles.text": set(),
    "articles.intake": TEXT,
    "articles.inviting": MODELS,
    "articles.models": TEXT,
    "articles.scales": MODELS,
    "articles.access": MODELS,
    "articles.listing": MODELS,
    "articles.passwords": MODELS,
    "articles.narration": MODELS,
    "articles.briefing": MODELS | {"articles.narration"},
    "articles.rendering": MODELS,
    "articles.queries": TELLING,
    "articles.actions": WRITES,
    "articles.mailing": WRITES,
    "articles.seed": WRITES,
    "articles.previewing": TELLING | {"articles.intake"},
    "articles.sheets": SHEETS,
    "articles.history": SHEETS | {"articles.told"},
    "articles.told": MODELS,
    "articles.forms": EVERYTHING_BELOW_VIEWS,
    "articles.http": EVERYTHING_BELOW_VIEWS,
    "articles.views": EVERYTHING_BELOW_VIEWS,
}
SMALL_PURE_PACKAGES = {"charset_normalizer", "rapidfuzz", "regex"}


def _modules(package: str) -> list[Path]:
    base = ROOT / package.replace(".", "/")
    return sorted(base.rglob("*.py")) if base.is_dir() else [base.with_suffix(".py")]


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> Iterator[str]:
    """Full names of what a module imports, also inside functions; `from a import b` counts as a.b.

    What is imported for annotations alone is left out: it is gone when the program runs.
    """
    for node in _walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            module = _absolute(path, node)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield from _walk(child)


def _absolute(path: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = _name(path).split(".")
    if path.name != "__init__.py":
        package.pop()
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def _belongs(name: str, parts: set[str]) -> bool:
    return any(name == part or name.startswith(f"{part}.") for part in parts)


def _layers() -> list[str]:
    return [layer for layer in MAY_IMPORT if any(path.exists() for path in _modules(layer))]


@pytest.mark.parametrize("layer", _layers())
def test_a_part_imports_only_what_is_below_it(layer):
    wrong = [
        f"{_name(path)} imports {name}"
        for path in _modules(layer)
        for name in _imports(path)
        if name.startswith("articles.") and not _belongs(name, MAY_IMPORT[layer] | EVERYWHERE | {layer})
    ]

    assert wrong == []


def test_the_text_core_is_pure():
    allowed = set(sys.stdlib_module_names) | SMALL_PURE_PACKAGES | {"articles"}

    wrong = [
        f"{_name(path)} imports {name}"
        for path in _modules("articles.text")
        for name in _imports(path)
        if name.partition(".")[0] not in allowed
    ]

    assert wrong == []


def test_only_the_urls_import_views():
    wrong = [
        f"{_name(path)} imports {name}"
        for path in _modules("articles")
        for name in _imports(path)
        if _belongs(name, {"articles.views"}) and not _belongs(_name(path), {"articles.views", "articles.urls"})
    ]

    assert wrong == []


def test_the_project_package_knows_no_domain_words():
    wrong = [
        f"{_name(path)} imports {name}"
        for path in _modules("factcheck")
        for name in _imports(path)
        if name.startswith("articles") and _name(path) not in {"factcheck.settings", "factcheck.urls"}
    ]

    assert wrong == []


def test_the_product_does_not_import_its_tests():
    wrong = [
        f"{_name(path)} imports {name}"
        for path in [*_modules("factcheck"), *_modules("articles")]
        for name in _imports(path)
        if name.startswith("tests") and _name(path) != "articles.management.commands.bench"
    ]

    assert wrong == []


def test_the_reader_of_imports_sees_relative_ones(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    module = tmp_path / "articles" / "models" / "claim.py"
    module.parent.mkdir(parents=True)
    lines = [
        "from . import desk",
        "from ..text.offsets import words",
        "if TYPE_CHECKING:",
        "    import django",
        "import os",
    ]
    module.write_text("\n".join(lines))

    assert list(_imports(module)) == ["articles.models.desk", "articles.text.offsets.words", "os"]
