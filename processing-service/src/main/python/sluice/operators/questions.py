"""Questions and answers made from texts by a language model, and pairs that say the same."""

from __future__ import annotations

import dataclasses
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sluice.errors import SluiceError
from sluice.operators.base import TEXT, Deduplicator, Means, Operator, Outcome, param, texts
from sluice.operators.endpoint import Endpoint
from sluice.operators.splitting import with_column

_GROUP = "question_answer"
_PROMPT = (
    "Write up to {pairs} pairs of a question and its answer that the text below answers by itself."
    " Use the language of the text and nothing that is not in it. Answer with a JSON list of"
    ' objects with the members "question" and "answer", and with nothing else.\n\nText:\n{text}'
)
_NUMBERED = re.compile(r"Q\d*\s*[:：]\s*(.+?)\s*A\d*\s*[:：]\s*(.+?)\s*(?=Q\d*\s*[:：]|$)", re.S)
_TEXTS_PER_CALL = 64


@dataclass(frozen=True, kw_only=True)
class _Asking:
    """What operators that call an OpenAI-compatible endpoint share."""

    endpoint: str = param(..., "Address of an OpenAI-compatible API, e.g. http://llm:8000/v1.")
    model: str = param(..., "Name of the model.")
    secret: str = param("", "Name of the secret that holds the API key; empty for none.")
    _key: str | None = field(default=None, repr=False, metadata={"hidden": True})

    def equipped(self, means: Means) -> Any:
        """With its key; SluiceError when the endpoint or the secret is not to be had."""
        allowed = [one.rstrip("/") for one in means.endpoints]
        own = self.endpoint.rstrip("/")
        strays = re.search(r"\.\.|[?#@\\%\s]", own)
        if strays or not any(own == one or own.startswith(one + "/") for one in allowed):
            told = ", ".join(allowed) or "none; sluice.jobs.endpoints lists them"
            raise SluiceError(f"endpoint {self.endpoint!r} is not allowed for jobs: {told}")
        if self.secret and self.secret not in means.secrets:
            raise SluiceError(f"secret {self.secret!r} is not there")
        return dataclasses.replace(self, _key=means.secrets.get(self.secret))

    def called(self) -> Endpoint:
        """The server."""
        return Endpoint(self.endpoint, self._key)


@dataclass(frozen=True, kw_only=True)
class QuestionAnswer(_Asking, Operator):
    """Makes rows of question and answer from texts by a language model behind an OpenAI-compatible
    endpoint. Adds the columns question, answer and pair_no; the text stays beside them. A model need
    not answer the same twice: only finished blocks make a retry give the same rows."""

    name = "question_answer"
    group = _GROUP
    title = "Questions and answers"

    column: str = param(TEXT, "Column with the text.")
    pairs: int = param(5, "Most pairs of a text.", minimum=1, maximum=25)
    prompt: str = param(_PROMPT, "What is asked; must hold {text}, may hold {pairs}.")
    temperature: float = param(0.0, "Of the model's choice of words.", minimum=0, maximum=2)
    max_tokens: int = param(1024, "Of an answer.", minimum=16, maximum=32_768)
    at_once: int = param(4, "Calls of a task at a time.", minimum=1, maximum=64)

    def __post_init__(self) -> None:
        if "{text}" not in self.prompt:
            raise ValueError("prompt must hold {text}")

    def apply(self, rows: pa.Table) -> Outcome:
        values = pc.fill_null(texts(rows, self.column), "").to_pylist()
        with ThreadPoolExecutor(self.at_once) as pool:
            answers = list(pool.map(self._asked, values))
        indices: list[int] = []
        numbers: list[int] = []
        questions: list[str] = []
        replies: list[str] = []
        reasons: list[str | None] = []
        for index, answer in enumerate(answers):
            made = list(pairs(answer))[: self.pairs]
            for number, (question, reply) in enumerate(made):
                indices.append(index)
                numbers.append(number)
                questions.append(question)
                replies.append(reply)
            reasons.append(None if made else "no_pairs")
        made_rows = rows.take(pa.array(indices, pa.int64()))
        for name, column in (
            ("question", pa.array(questions, pa.string())),
            ("answer", pa.array(replies, pa.string())),
            ("pair_no", pa.array(numbers, pa.int32())),
        ):
            made_rows = with_column(made_rows, name, column)
        return Outcome(made_rows, pa.array(reasons, pa.string()))

    def _asked(self, text: str) -> str:
        if not text.strip():
            return ""
        prompt = self.prompt.replace("{pairs}", str(self.pairs)).replace("{text}", text)
        return self.called().chat(
            self.model, prompt, temperature=self.temperature, max_tokens=self.max_tokens
        )


def pairs(answer: str) -> Iterator[tuple[str, str]]:
    """The pairs of an answer: a JSON list, also within other words, or lines `Q1: … A1: …`."""
    begin, end = answer.find("["), answer.rfind("]")
    if 0 <= begin < end:
        try:
            for one in json.loads(answer[begin : end + 1]):
                question, reply = str(one["question"]).strip(), str(one["answer"]).strip()
                if question and reply:
                    yield question, reply
            return
        except (ValueError, KeyError, TypeError):
            pass
    for question, reply in _NUMBERED.findall(answer):
        yield question.strip(), reply.strip()


@dataclass(frozen=True, kw_only=True)
class QuestionAnswerDuplicates(_Asking, Deduplicator):
    """Drops pairs whose question and whose answer are both like those of an earlier pair that
    stays: cosine similarity of their embeddings by an OpenAI-compatible endpoint."""

    name = "question_answer_duplicates"
    group = _GROUP
    title = "Pairs that say the same"
    reads = ("question", "answer")

    column: str = param("question", "Column with the question.")
    answer_column: str = param("answer", "Column with the answer.")
    similarity: float = param(0.9, "Least cosine similarity of both.", minimum=0, maximum=1)

    def signatures(self, rows: pa.Table) -> pa.Array:
        both = []
        for name in (self.column, self.answer_column):
            values = pc.fill_null(texts(rows, name), "").to_pylist()
            vectors: list[list[float]] = []
            for at in range(0, len(values), _TEXTS_PER_CALL):
                some = values[at : at + _TEXTS_PER_CALL]
                vectors += self.called().embeddings(self.model, some)
            both.append(vectors)
        made = [question + answer for question, answer in zip(*both)]
        return pa.array(made, pa.list_(pa.float32()))

    def repetitions(self, signatures: pa.Array) -> pa.Array:
        count = len(signatures)
        if count == 0:
            return pa.array([], pa.bool_())
        whole = np.array(signatures.to_pylist(), np.float32)
        halves = [_unit(one) for one in np.hsplit(whole, 2)]
        repeated = np.zeros(count, bool)
        for row in range(1, count):
            earlier = np.flatnonzero(~repeated[:row])
            like = [half[earlier] @ half[row] >= self.similarity for half in halves]
            repeated[row] = bool((like[0] & like[1]).any())
        return pa.array(repeated)


def _unit(vectors: Any) -> Any:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(length == 0, 1, length)
