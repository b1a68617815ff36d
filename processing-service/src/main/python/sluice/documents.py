"""Documents as text, with pages and headings kept as far as the format knows them.

A section is a page of a PDF, a slide, a sheet, or what stands under one heading. Extractors are
well-kept libraries; what they are given has been limited in size before, and what memory they may
take is limited too (`sluice.bounds`).
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any, Callable, Iterator

from sluice.clean import decode
from sluice.errors import SluiceError

LARGEST_UNPACKED = 1024 * 1024 * 1024
"""Bytes of all files in an Office document together; a bomb has more."""
MOST_NESTED = 10_000
"""Elements of HTML within each other."""


@dataclass(frozen=True)
class Section:
    """A piece of a document: its text, the page, slide or sheet number (from 1) and heading."""

    text: str
    page: int | None = None
    heading: str | None = None


def sections(content: bytes, path: str) -> Iterator[Section]:
    """The sections of a document that hold text, in order.

    SluiceError names a document that its format's reader cannot read.
    """
    extract = EXTRACTORS.get(path.rpartition(".")[2].lower(), _plain)
    try:
        for section in extract(content, path):
            if section.text.strip():
                yield section
    except SluiceError:
        raise
    except Exception as failure:  # each library has errors of its own
        told = f"{type(failure).__name__}: {failure}"
        raise SluiceError(f"{path}: cannot be read: {told}"[:500]) from failure


def is_one_section(path: str) -> bool:
    """Whether a document of this name always is one section."""
    return path.rpartition(".")[2].lower() not in EXTRACTORS


def is_json_lines(path: str) -> bool:
    """Whether each line of a file of this name is a record."""
    return path.rpartition(".")[2].lower() in ("jsonl", "ndjson")


def _plain(content: bytes, path: str) -> Iterator[Section]:
    yield Section(decode(content, path))


def _html(content: bytes, path: str) -> Iterator[Section]:
    from selectolax.lexbor import LexborHTMLParser

    if content.count(b"<") > MOST_NESTED and _depth(content) > MOST_NESTED:
        raise SluiceError(f"{path}: its elements nest more than {MOST_NESTED} deep")
    tree = LexborHTMLParser(content)
    for gone in ("script", "style", "template", "noscript", "head"):
        for node in tree.css(gone):
            node.decompose()
    body = tree.body or tree.root
    if body is None:
        return
    heading: str | None = None
    gathered: list[str] = []
    for node in body.traverse(include_text=True):
        if node.tag in _HEADINGS:
            yield Section("".join(gathered), None, heading)
            heading, gathered = " ".join((node.text() or "").split()) or None, ["\n"]
        elif node.tag in _BLOCKS:
            gathered.append("\n")
        elif node.tag == "-text":
            gathered.append(_spaces(node.text_content or ""))
    yield Section("".join(gathered), None, heading)


def _depth(content: bytes) -> int:
    """About how deep elements nest; the parser's time grows with the square of it."""
    deepest = depth = drawing = 0
    for closes, name, closed in _TAG.findall(content):
        name = name.lower()
        if name in _CLOSED_BY_OTHERS or (closed and drawing):
            continue
        depth = max(0, depth - 1) if closes else depth + 1
        deepest = max(deepest, depth)
        if name in (b"svg", b"math"):
            drawing = max(0, drawing - 1) if closes else drawing + 1
    return deepest


_TAG = re.compile(rb"<(/?)([A-Za-z][^\s/>]*)[^<>]*?(/?)>")
_CLOSED_BY_OTHERS = frozenset(
    b"a area base br col colgroup dd dt embed hr img input li link meta optgroup option p param"
    b" source tbody td tfoot th thead tr track wbr".split()
)
"""Elements that hold none, or that the next of their kind closes."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "tr", "table", "ul", "ol", "section", "article", "blockquote", "pre")
)


def _spaces(text: str) -> str:
    words = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    return f"{before}{words}{' ' if words and text[-1:].isspace() else ''}"


def _pdf(content: bytes, path: str) -> Iterator[Section]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise SluiceError(f"{path}: is encrypted")
    titles = _outline(reader)
    heading: str | None = None
    for number, page in enumerate(reader.pages, start=1):
        heading = titles.get(number, heading)
        yield Section(page.extract_text() or "", number, heading)


def _outline(reader: Any) -> dict[int, str]:
    """The first bookmark of each page."""
    titles: dict[int, str] = {}

    def walk(entries: list[Any], depth: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                if depth < 20:
                    walk(entry, depth + 1)
                continue
            page = reader.get_destination_page_number(entry)
            if page is not None and entry.title:
                titles.setdefault(page + 1, str(entry.title))

    try:
        walk(reader.outline, 0)
    except Exception:  # a broken outline costs the headings, not the text
        return {}
    return titles


def _docx(content: bytes, path: str) -> Iterator[Section]:
    from docx import Document
    from docx.table import Table

    heading: str | None = None
    gathered: list[str] = []
    for block in Document(_office(content, path)).iter_inner_content():
        if isinstance(block, Table):
            gathered.extend("\t".join(cell.text for cell in row.cells) for row in block.rows)
        elif block.style is not None and (block.style.name or "").startswith(("Heading", "Title")):
            yield Section("\n".join(gathered), None, heading)
            heading, gathered = block.text.strip() or None, [block.text]
        else:
            gathered.append(block.text)
    yield Section("\n".join(gathered), None, heading)


def _pptx(content: bytes, path: str) -> Iterator[Section]:
    from pptx import Presentation

    for number, slide in enumerate(Presentation(_office(content, path)).slides, start=1):
        title = slide.shapes.title.text.strip() if slide.shapes.title else None
        lines = [text for shape in slide.shapes for text in _shape(shape)]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            lines.append(slide.notes_slide.notes_text_frame.text)
        yield Section("\n".join(lines), number, title or None)


def _shape(shape: Any) -> Iterator[str]:
    if shape.has_text_frame:
        yield shape.text_frame.text
    elif getattr(shape, "has_table", False) and shape.has_table:
        for row in shape.table.rows:
            yield "\t".join(cell.text for cell in row.cells)
    elif hasattr(shape, "shapes"):
        for one in shape.shapes:
            yield from _shape(one)


def _xlsx(content: bytes, path: str) -> Iterator[Section]:
    from openpyxl import load_workbook

    book = load_workbook(_office(content, path), read_only=True, data_only=True)
    for number, sheet in enumerate(book.worksheets, start=1):
        rows = (
            "\t".join("" if value is None else str(value) for value in row).rstrip("\t")
            for row in sheet.iter_rows(values_only=True)
        )
        yield Section("\n".join(row for row in rows if row), number, sheet.title)


def _csv(content: bytes, path: str) -> Iterator[Section]:
    separator = "\t" if path.lower().endswith(".tsv") else ","
    rows = csv.reader(io.StringIO(decode(content, path), newline=""), delimiter=separator)
    header = next(rows, None)
    if header is None:
        return
    for row in rows:
        yield Section("\n".join(f"{name}: {value}" for name, value in zip(header, row) if value))


def _json_lines(content: bytes, path: str) -> Iterator[Section]:
    for number, line in enumerate(decode(content, path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as wrong:
            raise SluiceError(f"{path}: line {number} is no JSON: {wrong}") from None
        if isinstance(value, dict):
            text = value.get("text")
            pairs = (f"{name}: {_told(one)}" for name, one in value.items() if one is not None)
            yield Section(text if isinstance(text, str) else "\n".join(pairs))
        else:
            yield Section(_told(value))


def _told(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _office(content: bytes, path: str) -> io.BytesIO:
    """The archive of an Office document, unless it would unpack to far more than it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST_UNPACKED:
        raise SluiceError(f"{path}: unpacks to {size} bytes, more than {LARGEST_UNPACKED}")
    return io.BytesIO(content)


EXTRACTORS: dict[str, Callable[[bytes, str], Iterator[Section]]] = {
    "html": _html,
    "htm": _html,
    "pdf": _pdf,
    "docx": _docx,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "csv": _csv,
    "tsv": _csv,
    "jsonl": _json_lines,
    "ndjson": _json_lines,
}
"""By extension; everything else, Markdown too, is read as plain text (`sluice.chunks` knows
Markdown's headings)."""
