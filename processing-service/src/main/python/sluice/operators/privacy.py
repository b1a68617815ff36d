"""Operators that mask what points at a person."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Any, Callable

import pyarrow as pa
import pyarrow.compute as pc

from sluice.operators.base import Mapper, param
from sluice.operators.cleaning import matching

_GROUP = "privacy_erosion"
_MASK = "xxxxxx"


@dataclass(frozen=True, kw_only=True)
class Masking(Mapper):
    """Writes a mask over what it finds."""

    mask: str = param(_MASK, "What is written instead.")

    def over(self, pattern: re.Pattern[str], is_one: Callable[[str], bool], text: str) -> str:
        """The text with a mask over each match that really is one."""
        return pattern.sub(lambda found: self.mask if is_one(found[0]) else found[0], text)


@dataclass(frozen=True, kw_only=True)
class RemoveEmail(Masking):
    """Masks e-mail addresses (RFC 5322 without comments and quoted names; also with
    international letters)."""

    name = "remove_email"
    group = _GROUP
    title = "Mask e-mail addresses"

    def changed(self, values: pa.ChunkedArray) -> Any:
        mask = self.mask.replace("\\", "\\\\")
        return pc.replace_substring_regex(values, _EMAIL, mask)


_EMAIL = (
    r"[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}"
)


@dataclass(frozen=True, kw_only=True)
class RemoveIpAddress(Masking):
    """Masks IPv4 and IPv6 addresses, also shortened ones; numbers of versions such as 1.2.3.4.5
    and times of day stay."""

    name = "remove_ip_address"
    group = _GROUP
    title = "Mask IP addresses"

    def changed(self, values: pa.ChunkedArray) -> Any:
        v4 = matching(
            values, r"\d\.\d{1,3}\.\d", lambda text: self.over(_IPV4, _is_address, text)
        )
        return matching(
            v4, r"[0-9A-Fa-f]:[0-9A-Fa-f:]|::", lambda text: self.over(_IPV6, _is_address, text)
        )


_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f:]*:[0-9A-Fa-f]*:)[0-9A-Fa-f:]{3,39}(?![\w:])")


def _is_address(text: str) -> bool:
    try:
        return ipaddress.ip_address(text) is not None and text != "::"
    except ValueError:
        return False


@dataclass(frozen=True, kw_only=True)
class RemoveNumber(Masking):
    """Masks Chinese mobile numbers, identity cards whose check digit is right, and bank cards
    whose Luhn digit is right; other numbers stay."""

    name = "remove_number"
    group = _GROUP
    title = "Mask phone, identity and bank card numbers"

    phones: bool = param(True, "Mask mobile phone numbers (11 digits, +86 or not).")
    identity_cards: bool = param(True, "Mask identity cards (18 characters, or 15 digits).")
    bank_cards: bool = param(True, "Mask bank cards (13 to 19 digits, also in groups).")

    def changed(self, values: pa.ChunkedArray) -> Any:
        return matching(values, r"\d[\d -]{8,}[\dXx]", self._masked)

    def _masked(self, text: str) -> str:
        if self.identity_cards:
            text = self.over(_IDENTITY, _is_identity, text)
        if self.phones:
            text = self.over(_PHONE, lambda _: True, text)
        if self.bank_cards:
            text = self.over(_CARD, _is_card, text)
        return text


_PHONE = re.compile(r"(?<![\w.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\w)")
_IDENTITY = re.compile(r"(?<!\w)(?:\d{17}[\dXx]|\d{15})(?!\w)")
_CARD = re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?!\w)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_identity(number: str) -> bool:
    """GB 11643: a date of birth in its place and, in the long form, the check character."""
    long = len(number) == 18
    month, day = (number[10:12], number[12:14]) if long else (number[8:10], number[10:12])
    if not ("01" <= month <= "12" and "01" <= day <= "31"):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS))
    return not long or "10X98765432"[total % 11] == number[17].upper()


def _is_card(number: str) -> bool:
    """ISO/IEC 7812-1, annex B: the Luhn digit."""
    digits = [int(one) for one in number if one.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return any(digits) and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
