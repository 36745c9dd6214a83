"""Word documents made by code, as small as they can be."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:m="{M}"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content, style="", properties=""):
    """A paragraph of strings, which become runs, and of elements."""
    inside = "".join(part if part.startswith("<") else run(part) for part in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def relations(*targets: tuple[str, str, str]):
    """Each (id, kind, target); an address with a scheme is outside."""
    rows = (
        f'<Relationship Id="{key}" Type="{kind if ":" in kind else f"{R}/{kind}"}" Target="{target}"'
        f"{' TargetMode="External"' if '://' in target else ''}/>"
        for key, kind, target in targets
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rows)}</Relationships>'


def part(root, *content):
    return f"<w:{root} {_NAMESPACES}>{''.join(content)}</w:{root}>"


def styles(**names):
    """styles(Berschrift1="heading 1"): the id of each style and its name."""
    made = (f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in names.items())
    return part("styles", *made)


def document(*body, parts: Mapping[str, str | bytes] | None = None, links=(), core="", strict=False) -> bytes:
    """A document with this body; `parts` by name within word/, each related by the kind that is its name."""
    parts = parts or {}
    kinds = [(name, name.partition(".")[0].rstrip("0123456789"), name) for name in parts if "/" not in name]
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(("d", "officeDocument", "word/document.xml"), ("c", _CORE, "docProps/core.xml")),
        "word/document.xml": part("document", f"<w:body>{''.join(body)}</w:body>"),
        "word/_rels/document.xml.rels": relations(*kinds, *links),
        **{f"word/{name}": content for name, content in parts.items()},
    }
    if core:
        members["docProps/core.xml"] = _core(core)
    return archive(members, strict=strict)


def _core(properties: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{properties}</cp:coreProperties>"
    )


def archive(members: Mapping[str, str | bytes], *, strict: bool = False) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, _strictly(content) if strict and isinstance(content, str) else content)
    return made.getvalue()


def _strictly(content: str) -> str:
    for transitional, strict in STRICT.items():
        content = content.replace(transitional, strict)
    return content
