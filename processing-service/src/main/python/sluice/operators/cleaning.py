"""Operators that repair text."""

from __future__ import annotations

import functools
import html
import re
from dataclasses import dataclass
from typing import Any, Callable

import pyarrow as pa
import pyarrow.compute as pc

from sluice.clean import clean
from sluice.operators.base import Mapper, param

_GROUP = "clean"

_CONTROLS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{ad}\x{2060}\x{feff}\x{fff9}-\x{fffb}]"
_SPACES = r"[\x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}]"
_ZERO_WIDTH = r"[\x{200b}\x{180e}]"


def matching(
    values: pa.ChunkedArray, pattern: str, change: Callable[[str], str]
) -> pa.ChunkedArray:
    """Changes, in Python, only the texts in which RE2 finds the pattern."""
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    found = pc.fill_null(pc.match_substring_regex(whole, pattern), False)
    if not pc.any(found, min_count=0).as_py():
        return whole
    some = [change(text) for text in whole.filter(found).to_pylist()]
    return pc.replace_with_mask(whole, found, pa.array(some, whole.type))


@dataclass(frozen=True, kw_only=True)
class TextNormalization(Mapper):
    """Makes texts plain: Unix line ends, Unicode NFC, plain spaces, no control characters, no spaces
    at line ends, at most one blank line."""

    name = "text_normalization"
    group = _GROUP
    title = "Normalise text"

    def changed(self, values: pa.ChunkedArray) -> Any:
        texts = [None if text is None else clean(text) for text in values.to_pylist()]
        return pa.array(texts, values.type)


@dataclass(frozen=True, kw_only=True)
class RemoveInvisibleCharacters(Mapper):
    """Removes control and format characters that nobody sees (U+0000 to U+001F except tab and
    line ends, U+007F to U+009F, soft hyphen, word joiner, byte order mark)."""

    name = "remove_invisible_characters"
    group = _GROUP
    title = "Remove invisible characters"

    keep_line_ends: bool = param(True, "Keep tabs and line ends.")

    def changed(self, values: pa.ChunkedArray) -> Any:
        pattern = _CONTROLS if self.keep_line_ends else _CONTROLS.replace("[", r"[\x09\x0a\x0d", 1)
        return pc.replace_substring_regex(values, pattern, "")


@dataclass(frozen=True, kw_only=True)
class SpaceStandardization(Mapper):
    """Makes every Unicode space a plain one."""

    name = "space_standardization"
    group = _GROUP
    title = "Standardise spaces"

    zero_width: str = param(
        "remove", "What becomes of spaces without width.", choices=("remove", "space", "keep")
    )

    def changed(self, values: pa.ChunkedArray) -> Any:
        plain = pc.replace_substring_regex(values, _SPACES, " ")
        if self.zero_width == "keep":
            return plain
        instead = " " if self.zero_width == "space" else ""
        return pc.replace_substring_regex(plain, _ZERO_WIDTH, instead)


@dataclass(frozen=True, kw_only=True)
class RemoveGarbledText(Mapper):
    """Repairs text that was decoded in the wrong encoding (mojibake), by ftfy."""

    name = "remove_garbled_text"
    group = _GROUP
    title = "Repair garbled text"

    def changed(self, values: pa.ChunkedArray) -> Any:
        import ftfy

        config = ftfy.TextFixerConfig(
            unescape_html=False,
            remove_terminal_escapes=False,
            fix_latin_ligatures=False,
            fix_character_width=False,
            uncurl_quotes=False,
            fix_line_breaks=False,
            remove_control_chars=False,
            normalization=None,
            explain=False,
        )
        return matching(values, r"[^\x00-\x7f]", lambda text: ftfy.fix_text(text, config))


@dataclass(frozen=True, kw_only=True)
class TraditionalToSimplified(Mapper):
    """Writes traditional Chinese characters as simplified ones, by OpenCC's tables."""

    name = "traditional_to_simplified"
    group = _GROUP
    title = "Traditional to simplified Chinese"

    variant: str = param(
        "t2s",
        "OpenCC's table: from traditional, Taiwan's (with phrases) or Hong Kong's characters.",
        choices=("t2s", "tw2s", "tw2sp", "hk2s"),
    )

    def changed(self, values: pa.ChunkedArray) -> Any:
        return matching(values, r"\p{Han}", _opencc(self.variant).convert)


@functools.lru_cache(maxsize=4)
def _opencc(variant: str) -> Any:
    import opencc

    return opencc.OpenCC(variant)


@dataclass(frozen=True, kw_only=True)
class RemoveHtmlTag(Mapper):
    """Leaves the text of HTML: tags, comments, scripts and styles go, blocks and list items begin
    new lines, character references become characters. Text without a tag or reference stays."""

    name = "remove_html_tag"
    group = _GROUP
    title = "Remove HTML tags"

    def changed(self, values: pa.ChunkedArray) -> Any:
        return matching(values, r"<[A-Za-z!/][^>]*>|&#?\w+;", _plain)


_BLOCKS = re.compile(
    r"(?i)</?(?:p|div|br|li|ol|ul|tr|table|h[1-6]|section|article|header|footer|blockquote|pre|hr"
    r"|dl|dt|dd)\b[^<>]*>"
)
_UNSEEN = re.compile(r"(?is)<(script|style|template|noscript)\b[^<>]*>.*?</\1\s*>")
_COMMENTS = re.compile(r"(?s)<!--.*?-->")
_TAGS = re.compile(r"</?[A-Za-z!?][^<>]*>")
_LINES = re.compile(r"[ \t]*\n\s*\n\s*")


def _plain(text: str) -> str:
    text = _UNSEEN.sub("", _COMMENTS.sub("", text)) if "</" in text or "<!--" in text else text
    text = html.unescape(_TAGS.sub("", _BLOCKS.sub("\n", text)))
    return _LINES.sub("\n", text).strip("\n")


@dataclass(frozen=True, kw_only=True)
class RemoveEmojis(Mapper):
    """Removes pictographs with their modifiers and joiners, flags and keycaps; digits, letters and
    the signs ©, ® and ™ stay."""

    name = "remove_emojis"
    group = _GROUP
    title = "Remove emojis"

    def changed(self, values: pa.ChunkedArray) -> Any:
        return pc.replace_substring_regex(values, _EMOJI, "")


_PICTURES = (
    r"\x{231a}\x{231b}\x{2328}\x{23cf}\x{23e9}-\x{23f3}\x{23f8}-\x{23fa}\x{24c2}\x{25aa}\x{25ab}"
    r"\x{25b6}\x{25c0}\x{25fb}-\x{25fe}\x{2600}-\x{27bf}\x{2934}\x{2935}\x{2b05}-\x{2b07}\x{2b1b}"
    r"\x{2b1c}\x{2b50}\x{2b55}\x{3030}\x{303d}\x{3297}\x{3299}\x{1f000}-\x{1faff}"
)
_EMOJI = (
    r"[0-9#*]\x{fe0f}?\x{20e3}|["
    + _PICTURES
    + r"][\x{fe0e}\x{fe0f}\x{1f3fb}-\x{1f3ff}]*(?:\x{200d}["
    + _PICTURES
    + r"\x{2640}\x{2642}\x{2695}-\x{2697}][\x{fe0e}\x{fe0f}\x{1f3fb}-\x{1f3ff}]*)*"
    r"[\x{e0020}-\x{e007f}]*"
)
