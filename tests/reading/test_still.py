import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.reading import drawing
from verifier import limits
from verifier.reading import still
from verifier.reading.refusal import PictureError, Refusal
from verifier.reading.scan import WIDE, scan
from verifier.reading.second_opinion import SecondOpinion

TEXT = b"HC1:" + b"6BF+70790T9WJWG.FKY*4GO0" * 8
BINARY = bytes(range(256))


def test_a_picture_gives_the_exact_bytes() -> None:
    assert still.read(drawing.png(drawing.symbol(TEXT))) == (TEXT,)


def test_binary_payloads_arrive_byte_for_byte() -> None:
    assert still.read(drawing.png(drawing.symbol(BINARY))) == (BINARY,)


def test_a_path_is_read_like_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "code.png"
    path.write_bytes(drawing.png(drawing.symbol(TEXT)))
    assert still.read(path) == (TEXT,)


def test_two_symbols_in_a_picture_are_both_read() -> None:
    both = np.hstack([drawing.symbol(b"the first symbol"), drawing.symbol(b"the second one..")])
    assert sorted(still.read(drawing.png(both))) == [b"the first symbol", b"the second one.."]


def without_quiet_zone_on_black() -> drawing.Luma:
    return np.pad(drawing.symbol(TEXT, quiet=0), 40, constant_values=60)


def test_only_the_second_opinion_reads_a_code_without_quiet_zone() -> None:
    frame = drawing.frame(without_quiet_zone_on_black())
    assert scan(frame, WIDE) == ()
    assert [symbol.data for symbol in SecondOpinion().read(frame)] == [TEXT]
    assert still.read(drawing.png(without_quiet_zone_on_black())) == (TEXT,)


def transparent(luma: drawing.Luma) -> bytes:
    """White is made transparent, over black: only compositing on white shows the code."""
    shown = np.zeros((*luma.shape, 4), np.uint8)
    shown[..., 3] = 255 - luma
    out = BytesIO()
    Image.fromarray(shown).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(drawing.png(drawing.symbol(TEXT).astype(np.uint16) * 257), id="16-bit"),
        pytest.param(drawing.png(drawing.symbol(TEXT), "JPEG", progressive=True), id="progressive"),
        pytest.param(drawing.png(drawing.symbol(TEXT), "WEBP", lossless=True), id="webp"),
        pytest.param(transparent(drawing.symbol(TEXT)), id="transparent"),
        pytest.param(drawing.png(np.pad(drawing.symbol(TEXT), 2000, constant_values=255)), id="20 megapixels"),
    ],
)
def test_every_kind_of_picture_is_read(picture: bytes) -> None:
    assert still.read(picture) == (TEXT,)


@pytest.mark.parametrize(
    ("picture", "refusal"),
    [
        pytest.param(b"", Refusal.NOT_A_PICTURE, id="empty"),
        pytest.param(b"%PDF-1.7", Refusal.NOT_A_PICTURE, id="another kind"),
        pytest.param(drawing.png(drawing.symbol(TEXT))[:300], Refusal.DAMAGED, id="truncated png"),
        pytest.param(drawing.png(drawing.symbol(TEXT), "JPEG")[:2000], Refusal.DAMAGED, id="truncated jpeg"),
        pytest.param(
            drawing.png(np.zeros((8, 8), np.uint8)).replace(b"\0\0\0\x08\0\0\0\x08", bytes(8)),
            Refusal.NOT_A_PICTURE,
            id="0 x 0",
        ),
        pytest.param(drawing.png(np.zeros((5000, 5000), np.uint8)), Refusal.TOO_LARGE, id="25 megapixels"),
        pytest.param(bytes(limits.PICTURE_BYTES + 1), Refusal.TOO_LARGE, id="too many bytes"),
    ],
)
def test_what_is_no_bounded_picture_is_refused_in_one_line(picture: bytes, refusal: Refusal) -> None:
    with pytest.raises(PictureError) as caught:
        still.read(picture)
    assert caught.value.refusal is refusal
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("program", "read"),
    [("import os; os.abort()", None), ("print(end='\\0\\0\\0\\1A', flush=True); import os; os.abort()", (b"A",))],
    ids=["at once", "after a symbol"],
)
def test_a_child_that_dies_takes_only_what_it_had_not_read(
    program: str, read: tuple[bytes, ...] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(still, "_CHILD", (sys.executable, "-c", program))
    if read is not None:
        assert still.read(b"") == read
        return
    with pytest.raises(PictureError) as caught:
        still.read(b"")
    assert caught.value.refusal is Refusal.FAILED


def test_a_missing_file_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="cannot be opened"):
        still.read(tmp_path / "absent.png")


@pytest.mark.parametrize("shape", [(1, 1), (1, 4000), (4000, 1), (20, 20)])
def test_a_picture_too_small_for_a_symbol_holds_none(shape: tuple[int, int]) -> None:
    assert still.read(drawing.png(np.zeros(shape, np.uint8))) == ()
