"""A web server on this machine that serves a folder and counts what it sends."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Sent:
    """Counts bytes of bodies."""

    def __init__(self) -> None:
        self.count = 0

    def take(self) -> int:
        """Give the count, and begin again."""
        count, self.count = self.count, 0
        return count


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, Sent]]:
    """Serve a folder on this machine; count what is sent."""
    sent = Sent()

    class Counting(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # keeps connections, as any real server does

        def send_header(self, keyword: str, value: str) -> None:
            if keyword == "Content-Length":
                sent.count += int(value)
            super().send_header(keyword, value)

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Counting, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", sent
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
