import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier import limits
from verifier.verdict import Reason, Reject
from verifier.wire import zip as archive


def _made(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in files:
            file.writestr(zipfile.ZipInfo(name), content, method)
        file.comment = comment
    return buffer.getvalue()


class _Pipe(io.RawIOBase):
    """Somewhere to write that cannot go back, so that sizes follow the content."""

    def __init__(self) -> None:
        self.written = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.written += bytes(memoryview(data))  # type: ignore[arg-type] # what zipfile writes
        return len(memoryview(data))  # type: ignore[arg-type] # the same


_GOOD = _made(("certificate.json", b'{"a":1}' * 50))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@given(content=st.binary(max_size=300))
def test_the_one_file_comes_out(method: int, content: bytes) -> None:
    assert archive.only_file(_made(("a", content), method=method)) == content


def test_sizes_may_follow_the_content() -> None:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a", b"content" * 9)
    assert archive.only_file(pipe.written) == b"content" * 9


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        _GOOD[:-1],
        _GOOD + b"\0",
        b"\0" + _GOOD,
        _made(),
        _made(("a", b""), ("b", b"")),
        _made(("a", b"x"), comment=b"more"),
        _made(("a", b" " * (limits.INFLATED_BYTES + 1))),
        _made(("a", b"x" * (limits.INFLATED_BYTES + 1)), method=zipfile.ZIP_STORED),
        _made(("a", b"x"), method=zipfile.ZIP_BZIP2),
    ],
    ids=range(11),
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(Reject) as caught:
        archive.only_file(data)
    assert caught.value.reason is Reason.MALFORMED


@given(st.integers(0, len(_GOOD) - 1), st.integers(1, 255))
def test_a_changed_byte_never_changes_the_content(at: int, change: int) -> None:
    changed = _GOOD[:at] + bytes((_GOOD[at] ^ change,)) + _GOOD[at + 1 :]
    try:
        content = archive.only_file(changed)
    except Reject:
        return
    assert content == b'{"a":1}' * 50
