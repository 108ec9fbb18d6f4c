"""What the child of `still` can be asked to do with a picture."""

from enum import StrEnum


class Task(StrEnum):
    """The word on its command line."""

    READ = "read"  # write each symbol: a length of four bytes, big-endian, and that many bytes
    AIM = "aim"  # write the figures of `aim` as JSON, and nothing that was read
