"""Operators on videos."""

from __future__ import annotations

import io

import av
import numpy as np
import pyarrow as pa
from PIL import Image
from sluice import operators
from sluice.operators.chain import Chain


def video(seconds: float, rate: int = 10, size: tuple[int, int] = (64, 48)) -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=rate)
        stream.width, stream.height = size
        for number in range(int(seconds * rate)):
            picture = np.full((size[1], size[0], 3), number % 256, np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return target.getvalue()


def rows(*contents: bytes | None) -> pa.Table:
    return pa.table({
        "record_key": [f"k{n}" for n in range(len(contents))],
        "path": [f"v/{n}.mp4" for n in range(len(contents))],
        "media_type": ["video/mp4"] * len(contents),
        "content": pa.array(contents, pa.binary()),
    })


def test_a_video_is_probed() -> None:
    steps = [{"name": "video_probe", "parameters": {"shortest": 1}}]
    passed = Chain(operators.of(steps)).run(rows(video(2), video(0.5), b"no video", None))
    (only,) = passed.rows.drop_columns(["content"]).to_pylist()
    assert (only["width"], only["height"], only["codec"]) == (64, 48, "mpeg4")
    assert abs(only["seconds"] - 2) < 0.2 and only["frames_per_second"] == 10
    assert passed.counts[0].reasons == {"too_short": 1, "no_video": 2}


def test_frames_are_extracted_at_their_times() -> None:
    steps = [{"name": "video_frames", "parameters": {"every": 0.5, "at_most": 3, "width": 32}}]
    passed = Chain(operators.of(steps)).run(rows(video(2)))
    made = passed.rows.to_pylist()
    assert [one["path"] for one in made] == [f"v/0.mp4/frame-0000{n}.jpg" for n in range(3)]
    assert [round(one["seconds"], 3) for one in made] == [0.0, 0.5, 1.0]
    assert {Image.open(io.BytesIO(one["image"])).size for one in made} == {(32, 24)}
    assert "content" not in passed.rows.column_names
    (counts,) = passed.counts
    assert (counts.rows_in, counts.added, counts.rows_out) == (1, 2, 3)


def test_a_damaged_video_is_alone_in_quarantine() -> None:
    steps = [{"name": "video_frames", "parameters": {"every": 1}}]
    passed = Chain(operators.of(steps)).run(rows(video(1), b"damaged"))
    assert passed.rows.num_rows == 1
    assert passed.quarantine.column("record_key").to_pylist() == ["k1"]
