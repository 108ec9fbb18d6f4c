"""Where published files come from: a web server, a mirror, or a folder such as a stick. One user agent, one timeout."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tuf.api.exceptions import DownloadError, DownloadHTTPError
from tuf.ngclient import FetcherInterface
from tuf.ngclient.urllib3_fetcher import Urllib3Fetcher

FOLDER = "folder:/"  # the address that stands for a folder's top
USER_AGENT = "credential-gate-registry"  # the same for every box and version: a mirror learns nothing more

_TIMEOUT_SECONDS = 10
_CHUNK_BYTES = 65_536
_NOT_FOUND = 404


def fetcher(source: str) -> tuple[FetcherInterface, str]:
    """Give the fetcher of a source, and the address that it starts from."""
    if source.startswith(("https://", "http://")):
        return Urllib3Fetcher(_TIMEOUT_SECONDS, app_user_agent=USER_AGENT), source.rstrip("/")
    return FolderFetcher(Path(source)), FOLDER.rstrip("/")


class FolderFetcher(FetcherInterface):
    """Reads a folder as if it were a web server; nothing outside it is there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def _fetch(self, url: str) -> Iterator[bytes]:
        """Give a file in pieces. Raises `DownloadError`, with 404 for a file that is not there."""
        path = (self._folder / unquote(url.removeprefix(FOLDER))).resolve()
        if not path.is_relative_to(self._folder):
            raise DownloadError("an address outside the folder")
        if not path.is_file():
            raise DownloadHTTPError("not found", _NOT_FOUND)
        return _pieces(path)


def _pieces(path: Path) -> Iterator[bytes]:
    """Read a file piece by piece, opening it for each: whoever stops half-way leaves nothing open."""
    at = 0
    while True:
        with path.open("rb") as file:
            file.seek(at)
            piece = file.read(_CHUNK_BYTES)
        if not piece:
            return
        at += len(piece)
        yield piece
