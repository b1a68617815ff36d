"""Calls to an OpenAI-compatible endpoint: chat completions and embeddings.

https://platform.openai.com/docs/api-reference; many servers speak the same (vLLM, Ollama, llama.cpp).
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any, Callable, Sequence

from sluice.errors import SluiceError, TemporaryError

_WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)
_PATIENCE = 120
_TRY_AGAIN = frozenset((408, 409, 425, 429))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key to somewhere that nobody allowed."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True)
class Endpoint:
    """A server, e.g. `http://llm:8000/v1`; `key` is sent as bearer token."""

    url: str
    key: str | None = field(default=None, repr=False)
    wait: Callable[[float], None] = field(default=time.sleep, compare=False)

    def chat(self, model: str, prompt: str, **options: Any) -> str:
        """The answer to one message."""
        body = {"model": model, "messages": [{"role": "user", "content": prompt}], **options}
        answer = self._post("/chat/completions", body)
        try:
            return str(answer["choices"][0]["message"]["content"] or "")
        except (KeyError, IndexError, TypeError):
            raise SluiceError(f"{self.url}: the answer has no message: {_short(answer)}") from None

    def embeddings(self, model: str, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text."""
        answer = self._post("/embeddings", {"model": model, "input": list(texts)})
        try:
            ordered = sorted(answer["data"], key=lambda one: one["index"])
            vectors = [list(map(float, one["embedding"])) for one in ordered]
        except (KeyError, TypeError, ValueError):
            raise SluiceError(f"{self.url}: the answer has no vectors: {_short(answer)}") from None
        if len(vectors) != len(texts):
            raise SluiceError(f"{self.url}: {len(vectors)} vectors for {len(texts)} texts")
        return vectors

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(
            self.url.rstrip("/") + path, json.dumps(body).encode(), headers
        )
        problem = ""
        for pause in (*_WAITS, None):
            try:
                opener = urllib.request.build_opener(_NoRedirect())
                with opener.open(request, timeout=_PATIENCE) as response:
                    return json.load(response)
            except urllib.error.HTTPError as refused:
                problem = f"status {refused.code}: {refused.read(300).decode(errors='replace')}"
                if refused.code < 500 and refused.code not in _TRY_AGAIN:
                    raise SluiceError(f"{self.url}{path} refused the call: {problem}") from None
            except (OSError, ValueError) as failure:
                problem = str(failure)
            if pause is not None:
                self.wait(pause)
        raise TemporaryError(f"{self.url}{path} does not answer: {problem}")


def _short(answer: Any) -> str:
    return json.dumps(answer)[:200]
