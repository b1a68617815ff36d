"""Travels with the probe."""


def shout(text: str) -> str:
    return text.upper()
