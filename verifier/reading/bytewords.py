"""Bytewords, minimal style: two letters for each byte, then a checksum in the same letters.

Source: Blockchain Commons BCR-2020-012.
"""

from zlib import crc32

_LETTERS = (
    "aeadaoaxaaahamatayasbkbdbnbtbabsbebybgbwbbbzcmchcscfcycwcecackctcxclcpcndkdadsdidedtdrdndwdpdmdldyeheyeoeeecenemetes"
    "ftfrfnfsfmfhfzfpfwfxfyfefgflfdgagegrgsgtglgwgdgygmgughgohfhghdhkhthphhhlhyhehnhsidiaieihiyioisinimjejzjnjtjljojsjpjk"
    "jykpkoktkskkknkgkekikblblalylflslrlplnltloldlelulklgmnmymhmemomumwmdmtmsmknlnyndnsntnnnenboyoeotoxonolospdptpkpypspm"
    "plpepfpaprqdqzrerprlrorhrdrkrfryrnrsrtsesasrssskswstspsosgsbsfsntotktitttdtetytltbtstptatnuyuoutueurvtvyvovlvevwvavd"
    "vswlwdwmwpwewywswtwnwzwfwkykynylyaytzszoztzczezm"
)
_BYTES = {_LETTERS[at : at + 2]: at // 2 for at in range(0, 512, 2)}
_CHECK_BYTES = 4


def decode(words: str) -> bytes | None:
    """Decode, in either case; `None` where a pair of letters is no byte, or the checksum is another."""
    values = [_BYTES.get(words[at : at + 2].lower()) for at in range(0, len(words), 2)]
    if None in values or len(values) <= _CHECK_BYTES:
        return None
    whole = bytes(value for value in values if value is not None)
    data, check = whole[:-_CHECK_BYTES], whole[-_CHECK_BYTES:]
    return data if crc32(data).to_bytes(_CHECK_BYTES, "big") == check else None
