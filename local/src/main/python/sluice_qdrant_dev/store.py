"""All collections and aliases of one data folder."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import threading
from pathlib import Path
from typing import Any, Callable
from urllib.parse import quote, unquote

from sluice_qdrant_dev.collection import Collection
from sluice_qdrant_dev.problems import AlreadyExists, InvalidRequest, NotFound

_FORBIDDEN_IN_NAMES = set('<>:"/\\|?*\0')


class Store:
    """Collections by name, in folders that appear and vanish whole.

    A collection is built in a folder of its own kind and renamed into place; a deleted one is
    renamed out before it is removed. What a killed process left half done is removed at the
    next start. One process at a time may hold the folder.
    """

    def __init__(self, data: Path) -> None:
        self._live = data / "collections"
        self._scratch = data / "scratch"
        self._alias_file = data / "aliases.json"
        self._changes = threading.RLock()
        self._live.mkdir(parents=True, exist_ok=True)
        self._lock_file = open(data / "lock", "w", encoding="utf-8")
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise InvalidRequest(f"{data} is in use by another server") from held
        shutil.rmtree(self._scratch, ignore_errors=True)
        self._scratch.mkdir()
        self._aliases: dict[str, str] = self._read_aliases()
        self._collections = {
            unquote(folder.name): Collection.open(folder) for folder in self._live.iterdir()
        }

    def get(self, name: str) -> Collection:
        """The collection of this name or alias; NotFound otherwise."""
        collection = self._collections.get(self._aliases.get(name, name))
        if collection is None:
            raise NotFound(f"Not found: Collection `{name}` doesn't exist!")
        return collection

    def names(self) -> list[str]:
        """The names of all collections, sorted."""
        return sorted(self._collections)

    def exists(self, name: str) -> bool:
        """Whether a collection or an alias has this name."""
        return self._aliases.get(name, name) in self._collections

    def create(self, request: Any) -> None:
        """Create an empty collection; AlreadyExists when the name is taken."""
        name = request.collection_name
        _check_name(name)
        with self._changes:
            if self.exists(name):
                raise AlreadyExists(f"Wrong input: Collection `{name}` already exists!")
            fresh = self._scratch / f"new-{os.urandom(8).hex()}"
            Collection.create(fresh, request)
            place = self._live / quote(name, safe="")
            fresh.rename(place)
            self._collections[name] = Collection.open(place)

    def delete(self, name: str) -> bool:
        """Remove a collection with its aliases; False when there is none."""
        with self._changes:
            collection = self._collections.pop(name, None)
            if collection is None:
                return False
            kept = {alias: of for alias, of in self._aliases.items() if of != name}
            if kept != self._aliases:
                self._write_aliases(kept)
            collection.close()
            gone = self._scratch / f"old-{os.urandom(8).hex()}"
            collection.folder.rename(gone)
            shutil.rmtree(gone)
            return True

    def aliases(self) -> dict[str, str]:
        """Alias to collection, a copy."""
        return dict(self._aliases)

    def change_aliases(self, change: Callable[["Store", dict[str, str]], None]) -> None:
        """Let `change` edit a copy of the aliases and store the outcome as one step."""
        with self._changes:
            edited = dict(self._aliases)
            change(self, edited)
            self._write_aliases(edited)

    def flush(self) -> None:
        """Flush every collection that changed."""
        for collection in list(self._collections.values()):
            collection.flush()

    def close(self) -> None:
        """Close every collection and release the folder."""
        with self._changes:
            for collection in self._collections.values():
                collection.close()
            self._collections = {}
            self._lock_file.close()

    def _read_aliases(self) -> dict[str, str]:
        if not self._alias_file.exists():
            return {}
        read: dict[str, str] = json.loads(self._alias_file.read_text(encoding="utf-8"))
        return read

    def _write_aliases(self, aliases: dict[str, str]) -> None:
        fresh = self._scratch / "aliases.json"
        with open(fresh, "w", encoding="utf-8") as file:
            json.dump(aliases, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._alias_file)
        self._aliases = aliases


def _check_name(name: str) -> None:
    if not name or len(name) > 255 or _FORBIDDEN_IN_NAMES & set(name):
        raise InvalidRequest(f"Wrong input: {name!r} cannot be the name of a collection")
