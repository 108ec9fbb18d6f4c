import numpy as np
import pytest
import zxingcpp

from tests.reading import drawing
from verifier.reading import codewords, function_modules, reed_solomon
from verifier.reading.make import Make
from verifier.reading.scan import PLAIN, scan


def drawn(version: int, level: str) -> tuple[Make, drawing.Luma]:
    """A symbol by another hand than ours, and the make that its reader says."""
    options = {"ec_level": level, "version": version}
    code = zxingcpp.create_barcode("any", zxingcpp.BarcodeFormat.QRCodeModel2, **options)
    (symbol,) = scan(drawing.frame(np.array(code.to_image(scale=2), np.uint8)), PLAIN)
    assert symbol.make is not None
    return symbol.make, np.array(code.to_image(scale=1, add_quiet_zones=False), np.uint8)


@pytest.mark.parametrize("level", "LMQH")
def test_every_version_lies_as_others_draw_it(level: str) -> None:
    for version in range(1, 41):
        make, modules = drawn(version, level)
        assert (make.version, make.level) == (version, level)
        known = np.frombuffer(function_modules.template(make), np.int8)
        assert np.array_equal(known[known != 0] > 0, modules.ravel()[known != 0] > 0)
        layout = codewords.layout(make)
        dark = modules.ravel()[list(layout.modules)] == 0
        stream = np.packbits(dark ^ np.frombuffer(layout.turned, np.uint8).astype(bool))
        assert sorted(place for block in layout.blocks for place in block.places) == list(range(len(stream)))
        for block in layout.blocks:
            values = stream[list(block.places)].tolist()
            assert reed_solomon.corrected(values, block.checks) == bytes(values)


def test_each_mask_turns_its_own_modules() -> None:
    turned = {codewords.layout(Make(5, "M", mask)).turned for mask in range(8)}
    assert len(turned) == 8
