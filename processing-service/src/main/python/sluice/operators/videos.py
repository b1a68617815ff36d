"""Operators on videos: a column of encoded files, decoded by FFmpeg's libraries (PyAV)."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Iterator

import pyarrow as pa

from sluice.operators.base import Operator, Outcome, encoded, kept, param
from sluice.operators.images import MOST_PIXELS
from sluice.operators.splitting import with_column

_GROUP = "video"
CONTENT = "content"


@contextmanager
def opened(content: bytes) -> Iterator[tuple[Any, Any]]:
    """A container and its first video stream; ValueError when it has none or is a bomb."""
    import av

    with av.open(io.BytesIO(content), "r") as container:
        if not container.streams.video:
            raise ValueError("there is no video in it")
        stream = container.streams.video[0]
        if stream.width * stream.height > MOST_PIXELS:
            raise ValueError(f"{stream.width} x {stream.height} are more than {MOST_PIXELS} pixels")
        yield container, stream


@dataclass(frozen=True, kw_only=True)
class VideoProbe(Operator):
    """Says of each video what it is, in the columns width, height, seconds, frames_per_second and
    codec. Drops what holds no video and what is shorter or longer than asked for."""

    name = "video_probe"
    group = _GROUP
    title = "Probe videos"
    reads = (CONTENT,)

    column: str = param(CONTENT, "Column with the encoded videos.")
    shortest: float = param(0.0, "Seconds; shorter videos are dropped.", minimum=0)
    longest: float = param(86_400.0, "Seconds; longer videos are dropped.", minimum=0)

    def apply(self, rows: pa.Table) -> Outcome:
        found = [self._probed(content) for content in encoded(rows, self.column)]
        made = rows
        for name, kind in (
            ("width", pa.int32()),
            ("height", pa.int32()),
            ("seconds", pa.float64()),
            ("frames_per_second", pa.float64()),
            ("codec", pa.string()),
        ):
            made = with_column(made, name, pa.array([one.get(name) for one in found], kind))
        return kept(made, pa.array([self._reason(one) for one in found], pa.string()))

    def _reason(self, found: dict[str, Any]) -> str | None:
        if not found:
            return "no_video"
        if found["seconds"] is not None and found["seconds"] < self.shortest:
            return "too_short"
        if found["seconds"] is not None and found["seconds"] > self.longest:
            return "too_long"
        return None

    @staticmethod
    def _probed(content: bytes | None) -> dict[str, Any]:
        try:
            with opened(content or b"") as (container, stream):
                length = container.duration
                rate = stream.average_rate
                return {
                    "width": stream.width,
                    "height": stream.height,
                    "seconds": None if length is None else length / 1_000_000,
                    "frames_per_second": None if rate is None else float(rate),
                    "codec": stream.codec_context.name,
                }
        except Exception:  # whatever a damaged video provokes in the decoder
            return {}


@dataclass(frozen=True, kw_only=True)
class VideoFrames(Operator):
    """Makes rows of single frames: the first, then one after each so many seconds. The column with
    the video goes; image, media_type, frame_no and seconds come, and path becomes
    `<path>/frame-00000.jpg`."""

    name = "video_frames"
    group = _GROUP
    title = "Extract frames"
    reads = (CONTENT,)

    column: str = param(CONTENT, "Column with the encoded videos.")
    every: float = param(1.0, "Seconds between two frames.", minimum=0.01, maximum=3600)
    at_most: int = param(300, "Frames of a video.", minimum=1, maximum=100_000)
    width: int = param(0, "Pixels that wider frames are made to; 0 keeps them.", minimum=0)
    quality: int = param(90, "Of the JPEG images.", minimum=1, maximum=100)

    def apply(self, rows: pa.Table) -> Outcome:
        indices: list[int] = []
        frames: list[tuple[int, float, bytes]] = []
        reasons: list[str | None] = []
        for index, content in enumerate(encoded(rows, self.column)):
            made = [] if content is None else list(self._frames(content))
            indices += [index] * len(made)
            frames += made
            reasons.append(None if made else "no_frames")
        cut = rows.drop_columns([self.column]).take(pa.array(indices, pa.int64()))
        if "path" in cut.column_names:
            paths = [
                f"{path}/frame-{number:05d}.jpg"
                for path, (number, _, _) in zip(cut.column("path").to_pylist(), frames)
            ]
            cut = with_column(cut, "path", pa.array(paths, pa.string()))
        for name, column in (
            ("media_type", pa.array(["image/jpeg"] * len(frames), pa.string())),
            ("image", pa.array([one for _, _, one in frames], pa.binary())),
            ("frame_no", pa.array([one for one, _, _ in frames], pa.int32())),
            ("seconds", pa.array([one for _, one, _ in frames], pa.float64())),
        ):
            cut = with_column(cut, name, column)
        return Outcome(cut, pa.array(reasons, pa.string()))

    def _frames(self, content: bytes) -> Iterator[tuple[int, float, bytes]]:
        due, number = 0.0, 0
        with opened(content) as (container, stream):
            stream.thread_type = "NONE"
            for frame in container.decode(stream):
                at = float(frame.time or 0.0)
                if at + 1e-6 < due:
                    continue
                yield number, at, self._encoded(frame.to_image())
                number += 1
                due = at + self.every
                if number == self.at_most:
                    return

    def _encoded(self, image: Any) -> bytes:
        if self.width and image.width > self.width:
            image = image.resize((self.width, max(1, image.height * self.width // image.width)))
        target = io.BytesIO()
        image.save(target, "JPEG", quality=self.quality)
        return target.getvalue()
