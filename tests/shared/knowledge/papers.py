"""Makes the documents that the tests read: PDFs written object by object, and Word files."""

import io
from collections.abc import Sequence

import docx

Line = tuple[int, str]
"""Size of the letters in points, and the words."""


def pdf(pages: Sequence[Sequence[Line]], extra_trailer: str = "", extra_objects: Sequence[str] = ()) -> bytes:
    """Write a PDF with these lines on its pages, from the top down.

    Source: ISO 32000-1, 7.5.
    """
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for index, lines in enumerate(pages):
        drawn = _drawn(lines)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * index} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream")
    return _assembled([*objects, *extra_objects], extra_trailer)


def locked_pdf() -> bytes:
    """Write a PDF whose password nobody knows."""
    noise = "5a" * 32
    number = 6
    lock = f"<</Filter/Standard/V 1/R 2/O<{noise}>/U<{noise}>/P -4>>"
    return pdf([[(12, "Hidden.")]], f"/Encrypt {number} 0 R/ID[<00><00>]", [lock])


def word_file() -> bytes:
    """Write a Word file with a title, headings, a list and a table."""
    document = docx.Document()
    document.add_heading("House rules", 0)
    document.add_paragraph("Everybody is welcome.")
    document.add_heading("Opening hours", 1)
    document.add_paragraph("We open early.")
    document.add_paragraph("Bring your card", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, [("Day", "Hours"), ("Monday", "7 to 22")], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_heading("Sundays", 2)
    document.add_paragraph("Closed.")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _drawn(lines: Sequence[Line]) -> str:
    drawn, height = ["BT"], 800
    for size, words in lines:
        escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"/F1 {size} Tf 1 0 0 1 50 {height} Tm ({escaped}) Tj")
        height -= 2 * size
    return "\n".join([*drawn, "ET"])


def _assembled(objects: Sequence[str], extra_trailer: str) -> bytes:
    content = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{extra_trailer}>>\nstartxref\n{len(content)}\n%%EOF\n"
    )
    return content + end.encode("ascii")
