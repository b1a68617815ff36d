"""Operators on images: a column of encoded bytes, each decoded once per operator that needs it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sluice.bounds import bounded
from sluice.errors import SluiceError
from sluice.operators.base import (
    Deduplicator,
    Operator,
    Outcome,
    encoded,
    everything,
    kept,
    param,
)

_GROUP = "image"
IMAGE = "image"
MOST_PIXELS = 100_000_000
"""Larger images are treated as bombs: they cost their row."""

_FORMATS = ("PNG", "JPEG", "WEBP")
_READ = (*_FORMATS, "AVIF", "BMP", "GIF", "ICO", "JPEG2000", "PPM", "TGA", "TIFF")
"""What is decoded, by what the bytes are; never formats whose decoder starts a program (EPS)."""
_MOST_MEMORY = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class ImageOperator(Operator):
    """Works on a column of encoded images."""

    reads = (IMAGE,)

    column: str = param(IMAGE, "Column with the encoded images.")

    def replaced(self, rows: pa.Table, change: Callable[[Any], Any]) -> Outcome:
        """All rows, with the images that `change` makes of them."""
        changed = [None if one is None else _encoded(change(decoded(one)), one) for one in encoded(rows, self.column)]
        place = rows.column_names.index(self.column)
        return everything(rows.set_column(place, self.column, pa.array(changed, pa.binary())))

    def dropped(self, rows: pa.Table, reason: Callable[[bytes], str | None]) -> Outcome:
        """The rows without a reason; a row without an image goes as `no_image`."""
        reasons = ["no_image" if one is None else reason(one) for one in encoded(rows, self.column)]
        return kept(rows, pa.array(reasons, pa.string()))


def decoded(content: bytes) -> Any:
    """An image of Pillow's, wholly read; ValueError when it is a bomb, else Pillow's errors."""
    with bounded(_MOST_MEMORY):
        image = opened(content)
        if image.width * image.height > MOST_PIXELS:
            raise ValueError(f"{image.width} x {image.height} are more than {MOST_PIXELS} pixels")
        image.load()
    return image


def opened(content: bytes) -> Any:
    """An image of Pillow's of which only the head is read; Pillow's errors."""
    from PIL import Image

    return Image.open(io.BytesIO(content), formats=_READ)


def _encoded(image: Any, like: bytes, kind: str = "", quality: int = 90) -> bytes:
    wanted = kind or opened(like).format or "PNG"
    if wanted not in _FORMATS:
        wanted = "PNG"
    if wanted == "JPEG" and image.mode not in ("RGB", "L"):
        image = image.convert("RGB")
    target = io.BytesIO()
    image.save(target, wanted, **({} if wanted == "PNG" else {"quality": quality}))
    return target.getvalue()


@dataclass(frozen=True, kw_only=True)
class ImageDecodeCheck(ImageOperator):
    """Drops images that cannot be decoded to their last pixel."""

    name = "image_decode_check"
    group = _GROUP
    title = "Check that images decode"

    def apply(self, rows: pa.Table) -> Outcome:
        return self.dropped(rows, self._fault)

    @staticmethod
    def _fault(content: bytes) -> str | None:
        try:
            decoded(content)
        except Exception:  # whatever a damaged image provokes in the decoder
            return "undecodable"
        return None


@dataclass(frozen=True, kw_only=True)
class ImageResize(ImageOperator):
    """Makes images smaller, or larger if asked, keeping their proportions: inside a box, or
    covering it and cut to it around the middle."""

    name = "image_resize"
    group = _GROUP
    title = "Resize images"

    width: int = param(512, "Pixels of the box.", minimum=1, maximum=16_384)
    height: int = param(512, "Pixels of the box.", minimum=1, maximum=16_384)
    fit: str = param("inside", "How the box is used.", choices=("inside", "cover"))
    enlarge: bool = param(False, "Whether smaller images grow.")

    def apply(self, rows: pa.Table) -> Outcome:
        return self.replaced(rows, self._resized)

    def _resized(self, image: Any) -> Any:
        from PIL import Image, ImageOps

        upright = ImageOps.exif_transpose(image)
        if self.fit == "cover":
            small = upright.width < self.width or upright.height < self.height
            if small and not self.enlarge:
                return upright
            return ImageOps.fit(upright, (self.width, self.height), Image.Resampling.LANCZOS)
        scale = min(self.width / upright.width, self.height / upright.height)
        if scale >= 1 and not self.enlarge:
            return upright
        size = (max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))
        return upright.resize(size, Image.Resampling.LANCZOS)


@dataclass(frozen=True, kw_only=True)
class ImageConvert(ImageOperator):
    """Writes images in another file format or colour mode."""

    name = "image_convert"
    group = _GROUP
    title = "Convert images"

    format: str = param("PNG", "File format.", choices=_FORMATS)
    mode: str = param("keep", "Colours.", choices=("keep", "RGB", "L"))
    quality: int = param(90, "Of JPEG and WebP.", minimum=1, maximum=100)

    def apply(self, rows: pa.Table) -> Outcome:
        changed = [None if one is None else self._converted(one) for one in encoded(rows, self.column)]
        place = rows.column_names.index(self.column)
        return everything(rows.set_column(place, self.column, pa.array(changed, pa.binary())))

    def _converted(self, content: bytes) -> bytes:
        image = decoded(content)
        image = image if self.mode == "keep" else image.convert(self.mode)
        return _encoded(image, content, self.format, self.quality)


@dataclass(frozen=True, kw_only=True)
class ImageSize(ImageOperator):
    """Drops images that are too small, too large, or too long for their width."""

    name = "image_size"
    group = _GROUP
    title = "Size of images"

    min_width: int = param(1, "Fewest pixels across.", minimum=1)
    min_height: int = param(1, "Fewest pixels down.", minimum=1)
    max_pixels: int = param(MOST_PIXELS, "Most pixels.", minimum=1, maximum=MOST_PIXELS)
    max_aspect: float = param(20.0, "Longer side divided by the shorter, at most.", minimum=1)

    def apply(self, rows: pa.Table) -> Outcome:
        return self.dropped(rows, self._fault)

    def _fault(self, content: bytes) -> str | None:
        width, height = opened(content).size
        if width < self.min_width or height < self.min_height:
            return "too_small"
        if width * height > self.max_pixels:
            return "too_large"
        return "too_long" if max(width, height) > self.max_aspect * min(width, height) else None


@dataclass(frozen=True, kw_only=True)
class ImageBlur(ImageOperator):
    """Drops blurred images: the variance of the Laplacian of their grey values (Pech-Pacheco et
    al. 2000), scaled to at most 1,024 pixels a side, is below `minimum`."""

    name = "image_blur"
    group = _GROUP
    title = "Sharpness of images"

    minimum: float = param(100.0, "Least variance; sharp photographs have some hundreds.", minimum=0)

    def apply(self, rows: pa.Table) -> Outcome:
        return self.dropped(rows, lambda one: "blurred" if sharpness(one) < self.minimum else None)


def sharpness(content: bytes) -> float:
    """Variance of the Laplacian of the grey values."""
    image = decoded(content).convert("L")
    image.thumbnail((1_024, 1_024))
    grey: npt.NDArray[np.float32] = np.asarray(image, np.float32)
    if min(grey.shape) < 3:
        return 0.0
    middle = grey[1:-1, 1:-1]
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    return float((around - 4 * middle).var())


@dataclass(frozen=True, kw_only=True)
class ImageDuplicates(Deduplicator):
    """Drops images that look like an earlier one: perceptual hashes of 64 bits (pHash, by
    ImageHash) that differ in at most `distance` bits."""

    name = "image_duplicates"
    group = _GROUP
    title = "Images that look alike"
    reads = (IMAGE,)

    column: str = param(IMAGE, "Column with the encoded images.")
    distance: int = param(4, "Most bits that may differ.", minimum=0, maximum=15)

    def signatures(self, rows: pa.Table) -> pa.Array:
        import imagehash

        made: list[int | None] = []
        for content in encoded(rows, self.column):
            if content is None:
                made.append(None)
                continue
            try:
                image = decoded(content)
            except Exception as failure:  # whatever a damaged image provokes in the decoder
                raise SluiceError(
                    f"image_duplicates: an image cannot be decoded: {failure};"
                    " image_decode_check before it drops such images"
                ) from None
            bits = imagehash.phash(image).hash.flatten()
            made.append(int(np.packbits(bits).view(">u8")[0]))
        return pa.array(made, pa.uint64())

    def repetitions(self, signatures: pa.Array) -> pa.Array:
        from sluice.operators.duplicates import near

        return near(signatures, self.distance)
