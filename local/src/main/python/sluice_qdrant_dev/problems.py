"""What a call can fail with; the server turns each into one gRPC status."""

from __future__ import annotations


class Problem(Exception):
    """A failure that is the caller's to read; the text is the status message."""


class NotFound(Problem):
    """The named collection, alias or point does not exist (NOT_FOUND)."""


class AlreadyExists(Problem):
    """The name is taken (ALREADY_EXISTS)."""


class InvalidRequest(Problem):
    """The request makes no sense as it stands (INVALID_ARGUMENT)."""


class Unsupported(Problem):
    """Qdrant can do this, this development server cannot (UNIMPLEMENTED)."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} is not served by Sluice's development Qdrant; name a real Qdrant server"
        )
