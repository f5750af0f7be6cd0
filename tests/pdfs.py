"""PDF files as small as they can be, written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def pdf(*pages: Sequence[str], info: str = "", catalog: str = "") -> bytes:
    """A PDF of pages with lines of text; ``info`` and ``catalog`` are further entries."""
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: f"<< {info} >>".encode(),
    }
    kids = []
    for number, lines in enumerate(pages):
        page, content = 5 + 2 * number, 6 + 2 * number
        kids.append(f"{page} 0 R")
        objects[page] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources "
            f"<< /Font << /F 3 0 R >> >> /Contents {content} 0 R >>"
        ).encode()
        objects[content] = stream(b"".join(map(_shown, lines, range(len(lines)))))
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return file_of(objects)


def stream(content: bytes, entries: str = "") -> bytes:
    """The object that holds a page's content."""
    head = f"<< /Length {len(content)} {entries} >>\nstream\n"
    return head.encode() + content + b"\nendstream"


def file_of(objects: Mapping[int, bytes]) -> bytes:
    """A file of numbered objects with its table of where they are."""
    file, places = b"%PDF-1.7\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(file)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\n" % (len(places) + 1)
    return file + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(file)


def _shown(line: str, number: int) -> bytes:
    words = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    return b"BT /F 12 Tf 50 %d Td (%s) Tj ET\n" % (750 - 15 * number, words)
