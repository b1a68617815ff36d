"""Bytes to clean text. Everything here takes time and memory linear in its input."""

from __future__ import annotations

import codecs
import re
import unicodedata

from sluice.errors import SluiceError

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_INVISIBLE = (0x00AD, 0x200B, 0x2060, 0xFEFF)
_SPACES = (0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_TABLE: dict[int, str | None] = {
    **{code: None for code in (*_CONTROLS, *_INVISIBLE) if chr(code) not in "\n\t"},
    **{code: " " for code in _SPACES},
}


def decode(content: bytes, path: str) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252.

    SluiceError when the bytes hold NUL and so are no text in any of these.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise SluiceError(f"{path}: is not text") from None
        return content.decode("cp1252", errors="replace")


def clean(text: str) -> str:
    """Unix line ends, NFC, plain spaces, no control characters, at most one blank line.

    Unicode spaces become a space; spaces at line ends and around the whole text go.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = unicodedata.normalize("NFC", text).translate(_TABLE)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _MANY_BLANK_LINES.sub("\n\n", text).strip("\n")
