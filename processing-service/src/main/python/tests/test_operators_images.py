"""Operators on images, on pictures drawn here."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image, ImageFilter
from sluice import operators
from sluice.operators.chain import Chain, Passed

NOISE = np.random.default_rng(1).integers(0, 255, (12, 16, 3), np.uint8)
SHARP = Image.fromarray(NOISE).resize((320, 240), Image.Resampling.NEAREST)


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def run(name: str, *images: bytes | None, **parameters: Any) -> Passed:
    keys = [str(number) for number in range(len(images))]
    rows = pa.table({"record_key": keys, "image": pa.array(images, pa.binary())})
    return Chain(operators.of([{"name": name, "parameters": parameters}])).run(rows)


def opened(passed: Passed) -> Image.Image:
    return Image.open(io.BytesIO(passed.rows.column("image")[0].as_py()))


def test_damaged_images_go() -> None:
    whole = encoded(SHARP)
    passed = run("image_decode_check", whole, whole[: len(whole) // 2], b"no image", None)
    assert passed.rows.column("record_key").to_pylist() == ["0"]
    assert passed.counts[0].reasons == {"undecodable": 2, "no_image": 1}


@pytest.mark.parametrize(
    ("parameters", "size"),
    [
        ({"width": 160, "height": 160}, (160, 120)),
        ({"width": 160, "height": 160, "fit": "cover"}, (160, 160)),
        ({"width": 640, "height": 640}, (320, 240)),
        ({"width": 640, "height": 640, "enlarge": True}, (640, 480)),
    ],
)
def test_images_are_resized_into_the_box(parameters: dict[str, Any], size: tuple[int, int]) -> None:
    assert opened(run("image_resize", encoded(SHARP), **parameters)).size == size


def test_a_photograph_that_lies_on_its_side_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = encoded(SHARP, "JPEG", exif=exif)
    assert opened(run("image_resize", lying, width=120, height=160)).size == (120, 160)


def test_images_are_converted() -> None:
    clear = SHARP.convert("RGBA")
    jpeg = opened(run("image_convert", encoded(clear), format="JPEG"))
    assert (jpeg.format, jpeg.mode) == ("JPEG", "RGB")
    assert opened(run("image_convert", encoded(clear), format="WEBP", mode="L")).format == "WEBP"


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"min_width": 321}, "too_small"),
        ({"max_pixels": 76_799}, "too_large"),
        ({"max_aspect": 1.3}, "too_long"),
        ({"min_width": 320, "max_pixels": 76_800, "max_aspect": 1.34}, None),
    ],
)
def test_sizes_decide(parameters: dict[str, Any], reason: str | None) -> None:
    reasons = run("image_size", encoded(SHARP), **parameters).counts[0].reasons
    assert reasons == ({reason: 1} if reason else {})


def test_blurred_images_go() -> None:
    blurred = SHARP.filter(ImageFilter.GaussianBlur(8))
    passed = run("image_blur", encoded(SHARP), encoded(blurred))
    assert passed.rows.column("record_key").to_pylist() == ["0"]


def test_images_that_look_alike_go() -> None:
    alike = encoded(SHARP.resize((200, 150)), "JPEG", quality=40)
    other = encoded(SHARP.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    passed = run("image_duplicates", encoded(SHARP), alike, other)
    assert passed.rows.column("record_key").to_pylist() == ["0", "2"]


def test_a_bomb_costs_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sluice.operators.images.MOST_PIXELS", 1_000)
    passed = run("image_resize", encoded(SHARP), encoded(SHARP.resize((10, 10))))
    assert passed.rows.column("record_key").to_pylist() == ["1"]
    assert "pixels" in passed.quarantine.to_pylist()[0]["error"]
