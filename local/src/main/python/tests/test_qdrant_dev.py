"""What a Qdrant client sees of the development server."""

from __future__ import annotations

import uuid
from pathlib import Path

import grpc
import pytest
from conftest import ServerProcess
from qdrant_client import QdrantClient, models

SIZE = 4
PLAIN = models.VectorParams(size=SIZE, distance=models.Distance.COSINE)


def point(number: int, **payload: object) -> models.PointStruct:
    vector = [1.0, number / 10, 0.0, 0.5]
    return models.PointStruct(id=str(uuid.UUID(int=number)), vector=vector, payload=payload)


def matches(key: str, value: object) -> models.FieldCondition:
    return models.FieldCondition(key=key, match=models.MatchValue(value=value))


def filled(client: QdrantClient, name: str = "docs", rows: int = 20) -> QdrantClient:
    client.create_collection(name, vectors_config=PLAIN)
    points = [point(i, path=f"{i % 2}.md", chunk_no=i, **{"from": 1}) for i in range(rows)]
    client.upsert(name, points, wait=True)
    return client


def ids(points: list[models.Record]) -> list[int]:
    return [uuid.UUID(str(one.id)).int for one in points]


def test_a_collection_is_created_described_and_deleted(client: QdrantClient) -> None:
    filled(client)
    info = client.get_collection("docs")
    assert info.status == models.CollectionStatus.GREEN
    assert info.points_count == 20
    assert info.config.params.vectors.size == SIZE
    assert client.collection_exists("docs")
    assert [one.name for one in client.get_collections().collections] == ["docs"]
    assert client.delete_collection("docs")
    assert not client.collection_exists("docs")
    assert not client.delete_collection("docs")


def test_the_same_name_is_refused_twice_and_a_missing_one_not_found(client: QdrantClient) -> None:
    filled(client)
    with pytest.raises(grpc.RpcError) as taken:
        client.create_collection("docs", vectors_config=PLAIN)
    assert taken.value.code() == grpc.StatusCode.ALREADY_EXISTS
    with pytest.raises(grpc.RpcError) as missing:
        client.count("other")
    assert missing.value.code() == grpc.StatusCode.NOT_FOUND


def test_an_upsert_replaces_and_counts_once(client: QdrantClient) -> None:
    filled(client)
    client.upsert("docs", [point(3, path="new.md")], wait=True)
    assert client.count("docs", exact=True).count == 20
    assert client.retrieve("docs", [str(uuid.UUID(int=3))])[0].payload == {"path": "new.md"}


def test_a_vector_of_the_wrong_size_is_the_callers_fault(client: QdrantClient) -> None:
    filled(client)
    with pytest.raises(grpc.RpcError) as refused:
        client.upsert("docs", [models.PointStruct(id=1, vector=[1.0])], wait=True)
    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert client.count("docs").count == 20


def test_payloads_come_back_as_they_went(client: QdrantClient) -> None:
    filled(client)
    payload = {"a": 1, "b": 1.5, "c": None, "d": [1, "x", {"y": True}], "e": {}, "ü": "→"}
    client.upsert("docs", [point(99, **payload)], wait=True)
    assert client.retrieve("docs", [str(uuid.UUID(int=99))])[0].payload == payload


def test_the_nearest_point_comes_first_with_its_payload(client: QdrantClient) -> None:
    filled(client)
    hits = client.query_points("docs", query=[1.0, 0.7, 0.0, 0.5], limit=3).points
    assert ids(hits)[0] == 7
    assert hits[0].score == pytest.approx(1.0, abs=1e-5)
    assert hits[0].payload["chunk_no"] == 7
    by_id = client.query_points("docs", query=str(uuid.UUID(int=7)), limit=2).points
    assert 7 not in ids(by_id)
    far = client.query_points("docs", query=[1.0, 0.7, 0.0, 0.5], score_threshold=0.9999).points
    assert ids(far) == [7]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (models.Filter(must=[matches("path", "0.md"), matches("chunk_no", 4)]), [4]),
        (models.Filter(should=[matches("chunk_no", 4), matches("chunk_no", 5)]), [4, 5]),
        (
            models.Filter(
                must=[models.FieldCondition(key="chunk_no", range=models.Range(gte=3, lt=6))],
                must_not=[matches("path", "1.md")],
            ),
            [4],
        ),
        (
            models.Filter(
                must=[
                    models.FieldCondition(key="chunk_no", match=models.MatchAny(any=[1, 2])),
                    models.IsEmptyCondition(is_empty=models.PayloadField(key="to")),
                ]
            ),
            [1, 2],
        ),
        (
            models.Filter(
                must=[
                    models.HasIdCondition(has_id=[str(uuid.UUID(int=9))]),
                    models.Filter(should=[matches("path", "1.md")]),
                ]
            ),
            [9],
        ),
        (models.Filter(must=[models.IsNullCondition(is_null=models.PayloadField(key="to"))]), []),
    ],
)
def test_filters_choose_points(
    client: QdrantClient, condition: models.Filter, expected: list[int]
) -> None:
    filled(client)
    found, _ = client.scroll("docs", scroll_filter=condition, limit=100)
    assert ids(found) == expected
    assert client.count("docs", count_filter=condition, exact=True).count == len(expected)
    query = client.query_points("docs", query=[1.0, 0, 0, 0], query_filter=condition).points
    assert sorted(ids(query)) == expected


def test_a_scroll_visits_every_point_once(client: QdrantClient) -> None:
    filled(client, rows=25)
    seen: list[int] = []
    offset = None
    while True:
        page, offset = client.scroll("docs", limit=7, offset=offset, with_vectors=True)
        assert all(len(one.vector) == SIZE for one in page)
        seen += ids(page)
        if offset is None:
            break
    assert seen == list(range(25))


def test_payload_edits_touch_only_what_is_named(client: QdrantClient) -> None:
    filled(client)
    even = models.Filter(must=[matches("path", "0.md")])
    client.set_payload("docs", {"to": 2}, points=even, wait=True)
    assert client.count("docs", count_filter=models.Filter(must=[matches("to", 2)])).count == 10
    first = str(uuid.UUID(int=0))
    client.delete_payload("docs", ["to", "path"], points=[first], wait=True)
    assert client.retrieve("docs", [first])[0].payload == {"chunk_no": 0, "from": 1}
    client.overwrite_payload("docs", {"x": 1}, points=[first], wait=True)
    assert client.retrieve("docs", [first])[0].payload == {"x": 1}
    client.clear_payload("docs", [first], wait=True)
    assert client.retrieve("docs", [first])[0].payload == {}


def test_points_are_deleted_by_id_and_by_filter(client: QdrantClient) -> None:
    filled(client)
    client.delete("docs", [str(uuid.UUID(int=0)), str(uuid.UUID(int=777))], wait=True)
    assert client.count("docs").count == 19
    client.delete("docs", models.Filter(must=[matches("path", "1.md")]), wait=True)
    assert client.count("docs").count == 9


def test_an_index_changes_no_answer(client: QdrantClient) -> None:
    filled(client)
    client.create_payload_index("docs", "path", models.PayloadSchemaType.KEYWORD, wait=True)
    schema = client.get_collection("docs").payload_schema
    assert schema["path"].data_type == models.PayloadSchemaType.KEYWORD
    assert client.count("docs", count_filter=models.Filter(must=[matches("path", "0.md")])).count
    client.delete_payload_index("docs", "path", wait=True)
    assert client.get_collection("docs").payload_schema == {}


def test_an_alias_stands_for_its_collection_and_moves_at_once(client: QdrantClient) -> None:
    filled(client, "a", rows=5)
    filled(client, "b", rows=6)
    make = models.CreateAlias(collection_name="a", alias_name="live")
    client.update_collection_aliases([models.CreateAliasOperation(create_alias=make)])
    assert client.count("live").count == 5
    client.upsert("live", [point(50)], wait=True)
    assert client.count("a").count == 6
    drop = models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name="live"))
    move = models.CreateAlias(collection_name="b", alias_name="live")
    client.update_collection_aliases([drop, models.CreateAliasOperation(create_alias=move)])
    assert [(one.alias_name, one.collection_name) for one in client.get_aliases().aliases] == [
        ("live", "b")
    ]
    client.delete_collection("b")
    assert client.get_aliases().aliases == []


def test_named_vectors_are_searched_by_name(client: QdrantClient) -> None:
    client.create_collection("two", vectors_config={"a": PLAIN, "b": PLAIN})
    client.upsert(
        "two",
        [
            models.PointStruct(id=1, vector={"a": [1, 0, 0, 0], "b": [0, 1, 0, 0]}),
            models.PointStruct(id=2, vector={"a": [0, 1, 0, 0], "b": [1, 0, 0, 0]}),
        ],
        wait=True,
    )
    assert client.query_points("two", query=[1, 0, 0, 0], using="a").points[0].id == 1
    assert client.query_points("two", query=[1, 0, 0, 0], using="b").points[0].id == 2


def test_what_is_not_served_says_so(client: QdrantClient) -> None:
    filled(client)
    with pytest.raises(grpc.RpcError) as refused:
        client.facet("docs", "path")
    assert refused.value.code() == grpc.StatusCode.UNIMPLEMENTED
    assert "Points/Facet is not served" in refused.value.details()


def test_acknowledged_writes_outlive_a_killed_process(server: ServerProcess) -> None:
    client = filled(server.client(), rows=2000)
    client.delete("docs", [str(uuid.UUID(int=1))], wait=True)
    client.set_payload("docs", {"to": 3}, points=[str(uuid.UUID(int=2))], wait=True)
    make = models.CreateAlias(collection_name="docs", alias_name="live")
    client.update_collection_aliases([models.CreateAliasOperation(create_alias=make)])
    client.close()
    server.kill()
    server.start()
    again = server.client()
    assert again.count("live", exact=True).count == 1999
    assert again.retrieve("docs", [str(uuid.UUID(int=2))])[0].payload["to"] == 3
    assert server.stop() == 0


def test_a_data_folder_has_one_server(server: ServerProcess) -> None:
    second = ServerProcess(server.data)
    with pytest.raises(AssertionError):
        second.start()


def test_a_key_keeps_strangers_out(tmp_path: Path) -> None:
    process = ServerProcess(tmp_path / "data", QDRANT__SERVICE__API_KEY="s3cret")
    process.start()
    try:
        with pytest.raises(grpc.RpcError) as refused:
            process.client(api_key="wrong").get_collections()
        assert refused.value.code() == grpc.StatusCode.UNAUTHENTICATED
        assert process.client(api_key="s3cret").get_collections().collections == []
    finally:
        process.close()
