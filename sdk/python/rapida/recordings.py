"""Recordings: WAV files of 16 bit, 8 kHz, stereo, with the caller left and the assistant right."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Iterator, Optional, Union

from ._paging import Listing, listing
from ._transport import Transport, segment


@dataclass(frozen=True)
class Recording:
    id: str
    conversation_id: str
    created_at: datetime
    duration_ms: int
    size_bytes: int
    trace_id: Optional[str] = None


class Recordings:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, id: str) -> Recording:
        return self._transport.get(Recording, f"/v1/recordings/{segment(id)}")

    def list(self, *, page_size: Optional[int] = None, page_token: Optional[str] = None) -> Listing[Recording]:
        """Newest first."""
        return listing(self._transport, Recording, "/v1/recordings", "recordings", {"page_size": page_size}, page_token)

    def audio(self, id: str) -> Iterator[bytes]:
        """The file in pieces, as they come. A connection that is lost on the way is taken up again where it ended."""
        return self._transport.stream(f"/v1/recordings/{segment(id)}/audio")

    def download(self, id: str, to: Union[str, "os.PathLike[str]", BinaryIO]) -> int:
        """Writes the file to a path, where it appears when it is whole, or to an open file. Returns its bytes."""
        if isinstance(to, (str, os.PathLike)):
            return self._to_path(id, os.fspath(to))
        return sum(to.write(piece) for piece in self.audio(id))

    def _to_path(self, id: str, path: str) -> int:
        unfinished = f"{path}.part"
        try:
            with open(unfinished, "wb") as file:
                written = self.download(id, file)
            os.replace(unfinished, path)
        except BaseException:
            if os.path.exists(unfinished):
                os.remove(unfinished)
            raise
        return written
