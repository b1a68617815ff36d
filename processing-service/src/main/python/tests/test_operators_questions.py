"""Questions and answers, against a small server that speaks OpenAI's protocol."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from dataclasses import dataclass, field
from typing import Any, Iterator

import pyarrow as pa
import pytest
from sluice import operators
from sluice.errors import SluiceError, TemporaryError
from sluice.operators.base import Means
from sluice.operators.chain import Chain
from sluice.operators.endpoint import Endpoint
from sluice.operators.questions import pairs


@dataclass
class Model:
    """A server that answers with the words of the text, and fails as often as it is told to."""

    failures: list[int] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    url: str = ""

    def answer(self, path: str, body: dict[str, Any]) -> Any:
        if path.endswith("/embeddings"):
            return {"data": [{"index": n, "embedding": self.vector(t)} for n, t in
                             reversed(list(enumerate(body["input"])))]}
        text = body["messages"][0]["content"].rpartition("Text:\n")[2]
        told = [{"question": f"What is {word}?", "answer": f"It is {word}."} for word in text.split()]
        return {"choices": [{"message": {"content": f"Here: {json.dumps(told)} Bye."}}]}

    @staticmethod
    def vector(text: str) -> list[float]:
        digest = hashlib.sha256(text.lower().strip("?. ").encode()).digest()
        return [one - 127.5 for one in digest]


@pytest.fixture
def model() -> Iterator[Model]:
    made = Model()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = made.failures.pop(0) if made.failures else 200
            made.keys.append(self.headers.get("Authorization"))
            made.asked.append(body)
            self.send_response(status)
            self.send_header("Location", made.url)
            self.end_headers()
            if status == 200:
                self.wfile.write(json.dumps(made.answer(self.path, body)).encode())

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}/v1"
    yield made
    server.shutdown()
    server.server_close()


def chain(model: Model, *steps: dict[str, Any], **means: Any) -> Chain:
    told = [
        {"name": one["name"],
         "parameters": {"endpoint": model.url, "model": "m"} | one.get("parameters", {})}
        for one in steps
    ]
    return Chain(operators.of(told, Means(endpoints=[model.url], **means)))


def rows(*texts: str) -> pa.Table:
    return pa.table({"record_key": [f"k{n}" for n in range(len(texts))], "text": list(texts)})


def test_texts_become_pairs(model: Model) -> None:
    step = {"name": "question_answer", "parameters": {"pairs": 2, "secret": "llm"}}
    passed = chain(model, step, secrets={"llm": "sk-1"}).run(rows("one two three", " ", "four"))
    assert passed.rows.select(["record_key", "question", "answer", "pair_no"]).to_pylist() == [
        {"record_key": "k0", "question": "What is one?", "answer": "It is one.", "pair_no": 0},
        {"record_key": "k0", "question": "What is two?", "answer": "It is two.", "pair_no": 1},
        {"record_key": "k2", "question": "What is four?", "answer": "It is four.", "pair_no": 0},
    ]
    (counts,) = passed.counts
    assert (counts.rows_in, counts.added, counts.rows_out) == (3, 1, 3)
    assert counts.reasons == {"no_pairs": 1}
    assert set(model.keys) == {"Bearer sk-1"}
    assert {one["model"] for one in model.asked} == {"m"}


def test_pairs_that_say_the_same_are_dropped(model: Model) -> None:
    table = pa.table({
        "record_key": ["a", "b", "c", "d"],
        "question": ["Who?", "who", "Who?", "Where?"],
        "answer": ["Ann.", "ann", "Bob.", "Ann."],
    })
    passed = chain(model, {"name": "question_answer_duplicates"}).run(table)
    assert passed.rows.column("record_key").to_pylist() == ["a", "c", "d"]


def test_answers_in_either_form_are_read() -> None:
    assert list(pairs('```json\n[{"question": "a", "answer": "b"}]\n```')) == [("a", "b")]
    assert list(pairs("Q1: What?\nA1: This.\nQ2: Why?\nA2: So [1].")) == [
        ("What?", "This."), ("Why?", "So [1].")
    ]
    assert list(pairs("I cannot.")) == []


def test_a_busy_server_is_asked_again(model: Model) -> None:
    model.failures[:] = [429, 500]
    waits: list[float] = []
    endpoint = Endpoint(model.url, wait=waits.append)
    assert "What is x?" in endpoint.chat("m", "Text:\nx")
    assert waits == [1.0, 2.0]


def test_a_server_that_stays_away_makes_another_attempt_worth_while(model: Model) -> None:
    model.failures[:] = [503] * 6
    with pytest.raises(TemporaryError, match="does not answer: status 503"):
        Endpoint(model.url, wait=lambda pause: None).chat("m", "x")


@pytest.mark.parametrize("status", [302, 401, 404])
def test_a_refusal_ends_the_run_and_not_the_row(model: Model, status: int) -> None:
    model.failures[:] = [status] * 9
    with pytest.raises(SluiceError, match=f"refused the call: status {status}"):
        chain(model, {"name": "question_answer"}).run(rows("one"))


def test_only_allowed_endpoints_are_called(model: Model) -> None:
    steps = [{"name": "question_answer", "parameters": {"endpoint": model.url, "model": "m"}}]
    for allowed in ([], ["http://127.0.0.1:1/v1"], [model.url[:-3] + "/v"]):
        with pytest.raises(SluiceError, match="is not allowed for jobs"):
            operators.of(steps, Means(endpoints=allowed))
    operators.of(steps, Means(endpoints=[model.url[:-3]]))


def test_a_secret_that_is_not_there_is_named(model: Model) -> None:
    with pytest.raises(SluiceError, match="secret 'gone' is not there"):
        chain(model, {"name": "question_answer", "parameters": {"secret": "gone"}})


def test_a_key_is_neither_shown_nor_recorded(model: Model) -> None:
    steps = [{"name": "question_answer",
              "parameters": {"endpoint": model.url, "model": "m", "secret": "llm"}}]
    (made,) = operators.of(steps, Means({"llm": "sk-hidden"}, [model.url]))
    assert "sk-hidden" not in repr(made) + repr(operators.fields(made))
    assert '"_key"' not in json.dumps(operators.described())
