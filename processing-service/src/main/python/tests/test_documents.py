"""Documents as text: what a person sees in them, page by page."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from sluice import documents
from sluice.documents import Section, sections
from sluice.errors import SluiceError


def read(content: bytes, path: str) -> list[Section]:
    return list(sections(content, path))


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def pdf(*pages: str) -> bytes:
    """A PDF of Helvetica text by hand, with a bookmark on each page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 3 * n} 0 R' for n in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /First 7 0 R /Last {7 + 3 * (len(pages) - 1)} 0 R /Count {len(pages)} >>".encode(),
    ]
    for number, text in enumerate(pages):
        own = 5 + 3 * number
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents {own + 1} 0 R"
            f" /Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        drawn = f"BT /F 12 Tf 20 200 Td ({text}) Tj ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        following = f" /Next {own + 5} 0 R" if number + 1 < len(pages) else ""
        objects.append(
            f"<< /Title (Chapter {number + 1}) /Parent 4 0 R{following} /Dest [{own} 0 R /Fit] >>".encode()
        )
    made = io.BytesIO()
    made.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(made.tell())
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        made.write(b"%010d 00000 n \n" % place)
    made.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))
    return made.getvalue()


def test_pages_of_a_pdf_keep_their_number_and_bookmark() -> None:
    assert read(pdf("Hello there", "Second page"), "a.pdf") == [
        Section("Hello there", 1, "Chapter 1"),
        Section("Second page", 2, "Chapter 2"),
    ]


def test_headings_and_tables_of_a_word_document() -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Before")
    document.add_heading("Results", 1)
    document.add_paragraph("Text")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "a", "b"
    assert read(saved(document), "a.docx") == [
        Section("Before"),
        Section("Results\nText\na\tb", None, "Results"),
    ]


def test_slides_keep_their_number_title_and_notes() -> None:
    from pptx import Presentation

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Plan"
    slide.placeholders[1].text = "First step"
    slide.notes_slide.notes_text_frame.text = "Say hello"
    assert read(saved(deck), "a.pptx") == [Section("Plan\nFirst step\nSay hello", 1, "Plan")]


def test_sheets_keep_their_number_and_name() -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Prices"
    book.active.append(["apple", 1.5, None])
    book.active.append([None, None, None])
    book.create_sheet("Empty")
    assert read(saved(book), "a.xlsx") == [Section("apple\t1.5", 1, "Prices")]


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("a.md", "Intro\n\n# One\n\ntext\n\n```\n# no heading\n```\n\n## Two\n\nmore\n",
         [Section("Intro\n\n# One\n\ntext\n\n```\n# no heading\n```\n\n## Two\n\nmore\n")]),
        ("a.html", "<html><head><title>t</title></head><body><script>x()</script><h1>One</h1>"
         "<p>a <b>bold</b> word</p><ul><li>b</li></ul></body></html>",
         [Section("\nOne\na bold word\n\nb", None, "One")]),
        ("a.csv", 'name,age\r\n"Ann, B.",3\r\nBob,\r\n',
         [Section("name: Ann, B.\nage: 3"), Section("name: Bob")]),
        ("a.tsv", "k\tv\n1\t2\n", [Section("k: 1\nv: 2")]),
        ("a.jsonl", '{"text": "hello", "x": 1}\n\n{"q": "who", "n": null, "l": [1]}\n"bare"\n',
         [Section("hello"), Section("q: who\nl: [1]"), Section("bare")]),
        ("a.txt", "just text", [Section("just text")]),
        ("a.txt", "", []),
    ],
)
def test_written_formats(path: str, content: str, expected: list[Section]) -> None:
    assert read(content.encode(), path) == expected


@pytest.mark.parametrize("path", ["a.pdf", "a.docx", "a.pptx", "a.xlsx"])
def test_a_document_that_is_none_is_named(path: str) -> None:
    with pytest.raises(SluiceError, match=f"^{path}: cannot be read"):
        read(b"\x00\x01nothing of the kind", path)


def test_a_bad_line_of_json_is_named() -> None:
    with pytest.raises(SluiceError, match="a.jsonl: line 2 is no JSON"):
        read(b'{"text": "a"}\n{oops\n', "a.jsonl")


def test_an_office_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST_UNPACKED", 1_000_000)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 2_000_000)
    with pytest.raises(SluiceError, match="a.docx: unpacks to 2000000 bytes"):
        read(target.getvalue(), "a.docx")
