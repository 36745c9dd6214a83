"""Joins stylesheets, or JavaScript modules, into the one file that lists them, so that a page asks for few files.

No parser: the sources keep to a form that can be joined by cutting lines. Imports and exports begin a line and rename
nothing, no two modules declare the same name, and what is taken apart as it is declared has no parentheses but those of
calls and functions: the minifier (tdewolff 2.24) would move it before what it is made of. What does not keep to this is
refused, never joined wrongly.
"""

import posixpath
import re
from collections.abc import Callable

type Read = Callable[[str], str]

STYLE_IMPORT = re.compile(r'^@import "(?P<path>[^"]+)";\n', re.MULTILINE)
MODULE_IMPORT = re.compile(r'^import (?:\{(?P<names>[^}]*)\} from )?"(?P<path>\.{1,2}/[^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
DECLARED = re.compile(r"^(?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)
TAKEN_APART = re.compile(r"\b(?:const|let|var) *[\[{]")
GROUP = re.compile(r"(?<![\w$)\].]) *\(")
LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def joined_styles(name: str, read: Read) -> str:
    return STYLE_IMPORT.sub(lambda found: joined_styles(_beside(name, found["path"]), read), read(name))


def joined_modules(name: str, read: Read) -> str:
    """One module in which each of them stands once, after all that it imports.

    All of it is in a function, so that nothing is seen from outside and every name can be shortened.
    """
    parts: dict[str, str] = {}
    _gather(name, read, parts, set())
    _refuse_shared_names(parts)
    return "(() => {\n" + "\n".join(parts.values()) + "})();\n"


def _gather(name: str, read: Read, parts: dict[str, str], seen: set[str]) -> None:
    if name in seen:
        return
    seen.add(name)
    source = read(name)
    for found in MODULE_IMPORT.finditer(source):
        if " as " in (found["names"] or ""):
            raise ValueError(f"{name} renames what it imports, so it cannot be joined: {found[0].strip()}")
        _gather(_beside(name, found["path"]), read, parts, seen)
    _refuse_groups(name, source)
    parts[name] = EXPORT.sub("", MODULE_IMPORT.sub("", source))
    if left_over := LEFT_OVER.search(parts[name]):
        raise ValueError(f"{name} has a line that cannot be joined: {left_over[0]}")


def _refuse_groups(name: str, source: str) -> None:
    for found in TAKEN_APART.finditer(source):
        statement = source[found.start() : _end_of(source, found.end() - 1, ";")]
        for group in GROUP.finditer(statement):
            beyond = _end_of(statement, group.end() - 1, ")") + 1
            if not statement[beyond:].lstrip().startswith("=>"):
                raise ValueError(
                    f"{name} has parentheses in what it takes apart, so give that a name first: {statement}"
                )


def _end_of(source: str, start: int, end: str) -> int:
    """The index of the character that ends what begins at ``start``, outside of all brackets that are opened since."""
    depth = 0
    for index in range(start, len(source)):
        depth += (source[index] in "([{") - (source[index] in ")]}")
        if (source[index] == end and depth <= 0) or depth < 0:
            return index
    return len(source)


def _refuse_shared_names(parts: dict[str, str]) -> None:
    owners: dict[str, str] = {}
    for name, source in parts.items():
        for declared in DECLARED.findall(source):
            if declared in owners:
                raise ValueError(f"{owners[declared]} and {name} both declare {declared}: rename one of them.")
            owners[declared] = name


def _beside(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
