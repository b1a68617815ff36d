"""Operators on text, against what a person expects of them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from sluice import operators
from sluice.errors import SluiceError
from sluice.operators.chain import Chain, Passed


def table(*texts: str | None) -> pa.Table:
    keys = [f"key-{number}" for number in range(len(texts))]
    return pa.table({"record_key": keys, "text": pa.array(texts, pa.string())})


def run(name: str, *texts: str | None, **parameters: Any) -> Passed:
    made = operators.of([{"name": name, "parameters": parameters}])
    return Chain(made).run(table(*texts))


def out(name: str, *texts: str | None, **parameters: Any) -> list[str | None]:
    return run(name, *texts, **parameters).rows.column("text").to_pylist()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("remove_invisible_characters", "a\x00b\x07\u00adc\ufeff\td\n", "abc\td\n"),
        ("remove_invisible_characters", "é\x85ü", "éü"),
        ("space_standardization", "a\u00a0b\u3000c\u200bd", "a b cd"),
        ("remove_garbled_text", "schÃ¶n, l’Ã©tÃ©", "schön, l’été"),
        ("traditional_to_simplified", "漢字與資料", "汉字与资料"),
        ("remove_html_tag", "<p>a&amp;b</p><ul><li>c<li>d</ul>", "a&b\nc\nd"),
        ("remove_html_tag", "x<script>bad('<b>')</script>y<!-- <p> -->z", "xyz"),
        ("remove_html_tag", "1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("remove_emojis", "ok 👩🏽‍💻👍🏿 🇩🇪 1️⃣ © 3 ❤️!", "ok    © 3 !"),
        ("remove_email", "mail a.b+c@sub.example.co.uk, now", "mail xxxxxx, now"),
        ("remove_email", "用户 张三@例子.公司 x", "用户 xxxxxx x"),
        ("remove_email", "a @ b, 5@5", "a @ b, 5@5"),
        ("remove_ip_address", "from 10.0.0.1 to 2001:db8::1.", "from xxxxxx to xxxxxx."),
        ("remove_ip_address", "10.0.0.1 10.0.0.2", "xxxxxx xxxxxx"),
        ("remove_ip_address", "v1.2.3.4.5 at 12:30:45, 300.1.1.1", "v1.2.3.4.5 at 12:30:45, 300.1.1.1"),
        ("remove_number", "call +86 138 1234 5678 or 13812345678", "call xxxxxx or xxxxxx"),
        ("remove_number", "id 11010519491231002X.", "id xxxxxx."),
        ("remove_number", "id 110105194912310021.", "id 110105194912310021."),
        ("remove_number", "card 4111 1111 1111 1111", "card xxxxxx"),
        ("remove_number", "order 4111 1111 1111 1112", "order 4111 1111 1111 1112"),
    ],
)
def test_a_mapper_changes_what_it_should_and_nothing_else(
    name: str, before: str, after: str
) -> None:
    assert out(name, before) == [after]
    assert out(name, after, None, "") == [after, None, ""]


def test_a_column_that_is_not_there_ends_the_run_and_names_those_that_are() -> None:
    with pytest.raises(SluiceError, match="no column 'body' among record_key, text"):
        run("remove_email", "a", column="body")


def test_the_mask_is_written_as_it_stands() -> None:
    assert out("remove_email", "a@b.org", mask=r"\1<e-mail>") == [r"\1<e-mail>"]


@pytest.mark.parametrize(
    ("name", "parameters", "stays", "goes", "reason"),
    [
        ("text_length", {"minimum": 3}, "abc", "ab", "too_short"),
        ("text_length", {"minimum": 0, "maximum": 3}, "汉字好", "abcd", "too_long"),
        ("text_length", {"minimum": 3, "unit": "words"}, "汉字好", "two words", "too_short"),
        ("special_character_rate", {"maximum": 0.25}, "abc!", "ab!!", "special_characters"),
        ("character_duplication_rate", {"length": 3}, "abcdefgh", "abcabcabc", "repeats_characters"),
        ("word_duplication_rate", {"length": 2}, "to be or not", "la la la la", "repeats_words"),
        ("word_list_rate", {"words": ["damn"]}, "damnation", "Damn it", "listed_words"),
        ("word_list_rate", {"words": ["赌博"]}, "打赌", "网络赌博", "listed_words"),
        ("language", {"languages": ["en"]}, "This is a plain English sentence about rivers.",
         "Das ist ein einfacher deutscher Satz über Flüsse.", "other_language"),
    ],
)
def test_a_filter_drops_what_it_should_and_says_why(
    name: str, parameters: dict[str, Any], stays: str, goes: str, reason: str
) -> None:
    passed = run(name, stays, goes, stays, **parameters)
    assert passed.rows.column("record_key").to_pylist() == ["key-0", "key-2"]
    assert passed.counts[0].document() | {"operator": ""} == {
        "operator": "",
        "rowsIn": 3,
        "added": 0,
        "rowsOut": 2,
        "dropped": 1,
        "reasons": {reason: 1},
        "quarantined": 0,
    }


@pytest.mark.parametrize("name", sorted(
    name for name, kind in operators.CATALOGUE.items()
    if kind.group not in ("image", "video", "question_answer")
))
def test_every_operator_takes_no_rows_and_rows_without_text(name: str) -> None:
    needed = {"word_list_rate": {"words": ["a"]}, "language": {"languages": ["en"]}}
    made = operators.of([{"name": name, "parameters": needed.get(name, {})}])
    assert Chain(made).run(table()).rows.num_rows == 0
    passed = Chain(made).run(table(None, "", None))
    counts = passed.counts[0]
    assert counts.quarantined == 0
    assert counts.rows_in + counts.added == counts.rows_out + counts.dropped


SENTENCE = "The quick brown fox jumps over the lazy dog while seven wizards brew a potion"


def test_exact_duplicates_keep_the_first() -> None:
    assert out("exact_duplicates", "a", "b", "a", "A ") == ["a", "b", "A "]
    assert out("exact_duplicates", "a b", "A  b ", "c", ignore="case_and_spaces") == ["a b", "c"]
    assert out(
        "exact_duplicates", "a-b", "A b!", "c", ignore="all_but_letters_and_digits"
    ) == ["a-b", "c"]


@pytest.mark.parametrize("name", ["simhash", "minhash"])
def test_near_duplicates_go_and_others_stay(name: str) -> None:
    long = " ".join(f"{SENTENCE} number {number}." for number in range(40))
    near = long.replace("number 17.", "number seventeen.")
    other = " ".join(f"Entirely different words {number * number} follow here" for number in range(40))
    assert out(name, long, other, near, long) == [long, other]


def test_minhash_decides_by_the_similarity_asked_for() -> None:
    first = " ".join(str(number) for number in range(1000))
    half = " ".join(str(number) for number in range(500, 1500))
    assert out("minhash", first, half, threshold=0.5) == [first, half]
    assert out("minhash", first, half, threshold=0.25) == [first]


def test_documents_are_cut_with_overlap_and_numbered() -> None:
    text = "# One\n\n" + " ".join(f"Sentence number {number} is here." for number in range(60))
    passed = run("document_chunk", text, "", size=40, overlap=10, unit="words")
    pieces = passed.rows.column("text").to_pylist()
    assert passed.rows.column("chunk_no").to_pylist() == list(range(len(pieces)))
    assert set(passed.rows.column("heading").to_pylist()) == {"One"}
    assert all(len(piece.split()) <= 40 for piece in pieces)
    assert all(piece.endswith("is here.") for piece in pieces)
    assert pieces[0].split(". ")[-1].rstrip(".") in pieces[1]
    assert passed.counts[0].reasons == {"no_text": 1}
    assert passed.counts[0].added == len(pieces) - 1


def test_a_split_follows_from_the_key_alone() -> None:
    keys = [f"row-{number}" for number in range(2_000)]
    rows = pa.table({"record_key": keys, "text": keys})
    made = operators.of([{"name": "data_split", "parameters": {"train": 0.5, "validation": 0.25, "test": 0.25}}])
    whole = Chain(made).run(rows).rows
    some = Chain(made).run(rows.slice(700, 3)).rows
    assert some.column("split").to_pylist() == whole.column("split").slice(700, 3).to_pylist()
    assert 900 < whole.column("split").to_pylist().count("train") < 1100


def test_a_row_that_crashes_an_operator_is_alone_in_quarantine() -> None:
    class Fragile(operators.CATALOGUE["remove_email"]):  # type: ignore[misc,name-defined]
        def changed(self, values: pa.ChunkedArray) -> Any:
            if "bomb" in values.to_pylist():
                raise RecursionError("too deep")
            return super().changed(values)

    passed = Chain([Fragile()], first_step=3).run(table("a@b.org", "bomb", "c", "d", "e"))
    assert passed.rows.column("text").to_pylist() == ["xxxxxx", "c", "d", "e"]
    assert passed.quarantine.to_pylist() == [
        {
            "record_key": "key-1",
            "operator": "remove_email",
            "step": 3,
            "error": "RecursionError: too deep",
            "row": '{"record_key": "key-1", "text": "bomb"}',
        }
    ]
    counts = passed.counts[0]
    assert (counts.rows_in, counts.rows_out, counts.quarantined) == (5, 4, 1)


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"name": "nope"}, "operators[0].name 'nope' is none of"),
        ({"name": "text_length", "parameters": {"min": 1}}, "operators[0].parameters.min is none of"),
        ({"name": "text_length", "parameters": {"minimum": -1}}, "minimum -1: must be at least 0"),
        ({"name": "text_length", "parameters": {"minimum": "1"}}, "must be of type integer"),
        ({"name": "text_length", "parameters": {"minimum": True}}, "must be of type integer"),
        ({"name": "text_length", "parameters": {"unit": "lines"}}, "must be one of characters, words"),
        ({"name": "language", "parameters": {}}, "parameters.languages is missing"),
        ({"name": "language", "parameters": {"languages": []}}, "must have at least 1 item"),
        ({"name": "language", "parameters": {"languages": [1]}}, "must be of type string"),
        ({"name": "document_chunk", "parameters": {"size": 50, "overlap": 30}}, "below half of size"),
        ({"name": "data_split", "parameters": {"train": 0.5}}, "must add up to 1"),
    ],
)
def test_a_wrong_step_is_refused_by_name(step: dict[str, Any], told: str) -> None:
    with pytest.raises(SluiceError) as refused:
        operators.of([step])
    assert told in str(refused.value)


def test_the_catalogue_says_what_every_parameter_means() -> None:
    for entry in operators.described():
        assert entry["description"] and entry["title"] and entry["group"]
        for name, parameter in entry["parameters"]["properties"].items():
            assert parameter["description"], (entry["name"], name)


def test_a_large_document_is_cut_whole() -> None:
    page = "A dataset platform keeps every version as it was. " * 20 + "\n\n"
    large = page * 16_000
    made = operators.of([{"name": "document_chunk"}])
    passed = Chain(made).run(table(large, "small"))
    assert passed.counts[0].quarantined == 0
    assert passed.rows.num_rows > 16_000
    assert passed.rows.column("text")[-1].as_py() == "small"
    assert passed.rows.column_names[:2] == ["record_key", "text"]
