"""PDF files made by hand: words at places, as small as they can be."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT, WIDTH = 842, 595


@dataclass(frozen=True)
class Words:
    """`top` is the distance of the base line from the upper edge; `before` are operators that come first."""

    text: str
    left: float = 72
    top: float = 100
    size: float = 10
    font: str = "F1"
    before: str = ""

    def operators(self) -> bytes:
        escaped = self.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        place = f"1 0 0 1 {self.left} {HEIGHT - self.top} Tm"
        return f"BT {self.before} /{self.font} {self.size} Tf {place} (".encode() + escaped + b") Tj ET\n"


def lines(*texts, left=72.0, top=100.0, size=10.0, font="F1", pitch=12.0):
    return [Words(text, left, top + i * pitch, size, font) for i, text in enumerate(texts)]


def pdf(*pages: Sequence[Words], info="", catalog="", annotations="", extra: Sequence[bytes] = (), page="") -> bytes:
    """A file with these pages; `annotations` are on every page, `extra` are objects from number 20 on."""
    kids = " ".join(f"{100 + 2 * i} 0 R" for i in range(len(pages)))
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        5: f"<< {info} >>".encode(),
        **{20 + i: content for i, content in enumerate(extra)},
    }
    for i, words in enumerate(pages):
        number = 100 + 2 * i
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {number + 1} 0 R {page} "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Annots [{annotations}] >>"
        ).encode()
        objects[number + 1] = stream(b"".join(each.operators() for each in words))
    return file(objects)


def stream(content: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(content)} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def file(objects: dict[int, bytes]) -> bytes:
    made = b"%PDF-1.7\n"
    places = {}
    for number, content in objects.items():
        places[number] = len(made)
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = b"".join(f"{number} 1\n{place:010} 00000 n \n".encode() for number, place in places.items())
    start = len(made)
    trailer = f"trailer\n<< /Size {max(objects) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return made + b"xref\n0 1\n0000000000 65535 f \n" + table + trailer.encode()
