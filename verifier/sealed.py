"""Sealed: personal data that cannot be printed, logged, compared or pickled.

Looking inside takes `unseal`, a function, so that it always shows as an import; the linter lets few modules import it.
"""

from typing import Generic, NoReturn, TypeVar, final

T_co = TypeVar("T_co", covariant=True)


@final
class Sealed(Generic[T_co]):
    """A box around personal data. Its text is the same whatever is inside."""

    __slots__ = ("_content",)

    def __init__(self, content: T_co) -> None:
        self._content = content

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> NoReturn:
        message = "sealed data has no hash"
        raise TypeError(message)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        message = "sealed data is never pickled or copied"
        raise TypeError(message)


def unseal(box: Sealed[T_co]) -> T_co:
    """Look inside the box. Only modules on the linter's list may import this."""
    return box._content  # noqa: SLF001 (the one way in)
