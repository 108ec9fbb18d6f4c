"""Settings: one TOML file, read once and strictly into frozen dataclasses.

An unknown key, a missing key, a wrong type or a value out of range raises `SettingsError` with one line that names file
and key. No setting switches a security check off. `read` serves every service that has a file of its own.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import TypeVar, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SETTINGS_BYTES = 65_536
EXIT_CONFIGURATION = 78  # sysexits.h: EX_CONFIG

_T = TypeVar("_T")


class SettingsError(Exception):
    """A settings file cannot be used. The text is one line for a person: file, key, what is wrong."""


class CameraKind(StrEnum):
    """Where frames come from."""

    FOLDER = "folder"  # the pictures of a folder, one after the other
    SYNTHETIC = "synthetic"  # pictures of a folder as a camera would see them: motion, blur, noise
    PICAMERA2 = "picamera2"


class LampKind(StrEnum):
    """What shows the verdict beside the console page."""

    TERMINAL = "terminal"
    GPIO = "gpio"
    NONE = "none"


def bounded(least: int, most: int, default: int) -> int:
    """Declare a whole number with its bounds and its default, as the default of a dataclass field."""
    return field(default=default, metadata={"least": least, "most": most})


@dataclass(frozen=True, slots=True)
class Registry:
    """Where the registry image is."""

    image: Path


@dataclass(frozen=True, slots=True)
class Camera:
    """The camera and its picture, in pixels."""

    kind: CameraKind
    folder: Path | None = None
    width: int = bounded(160, 4_096, 1_456)
    height: int = bounded(120, 4_096, 1_088)
    frames_per_second: int = bounded(1, 120, 15)


@dataclass(frozen=True, slots=True)
class Lamp:
    """The lamp."""

    kind: LampKind = LampKind.TERMINAL


@dataclass(frozen=True, slots=True)
class Outside:
    """Where the console listens beyond this machine, under which name, and its TLS certificate and key (PEM)."""

    name: str
    certificate: Path
    private_key: Path
    host: str = "0.0.0.0"  # noqa: S104 - whoever writes this table wants to be reached
    port: int = bounded(1, 65_535, 8443)


@dataclass(frozen=True, slots=True)
class Console:
    """Where the console page listens, and where it keeps who may come in."""

    host: str = "127.0.0.1"
    port: int = bounded(1, 65_535, 8080)
    state: Path = Path("/var/lib/credential-gate/console")
    outside: Outside | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """How unsure the station's clock is, in seconds, when the kernel does not say it is synchronised."""

    uncertainty_seconds: int = bounded(1, 31_536_000, 5)


@dataclass(frozen=True, slots=True)
class Settings:
    """station.toml. `policies` are the names this lane may be switched between; the first one is asked at start."""

    timezone: ZoneInfo
    policies: tuple[str, ...]
    registry: Registry
    camera: Camera
    lane: str = "1"
    language: str = "en"
    lamp: Lamp = Lamp()
    console: Console = Console()
    clock: Clock = Clock()


def read(path: Path, kind: type[_T]) -> _T:
    """Read a TOML file into a dataclass. Raises `SettingsError`. Relative paths in it start at the file's folder."""
    try:
        with path.open("rb") as file:
            data = file.read(SETTINGS_BYTES + 1)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    if len(data) > SETTINGS_BYTES:
        raise SettingsError(f"{path}: larger than {SETTINGS_BYTES} bytes")
    try:
        table = tomllib.loads(data.decode())
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: is not TOML: {error}") from None
    return _table(kind, table, "", path)


def load(path: Path) -> Settings:
    """Read station.toml. Raises `SettingsError`."""
    settings = read(path, Settings)
    if settings.camera.folder is None and settings.camera.kind is not CameraKind.PICAMERA2:
        raise SettingsError(f"{path}: camera.folder: is needed for a camera of kind {settings.camera.kind}")
    return settings


def _table(kind: type[_T], table: Mapping[str, object], prefix: str, path: Path) -> _T:
    known = {item.name: item for item in _fields(kind)}
    for key in table:
        if key not in known:
            raise SettingsError(f"{path}: {prefix}{key}: no such setting; known are {', '.join(sorted(known))}")
    hints = get_type_hints(kind)
    values = {}
    for name, item in known.items():
        if name in table:
            values[name] = _value(hints[name], table[name], item, (prefix + name, path))
        elif item.default is MISSING:
            raise SettingsError(f"{path}: {prefix}{name}: is missing and has no default")
    return kind(**values)


def _fields(kind: object) -> tuple[Field[object], ...]:
    if not is_dataclass(kind):
        raise TypeError(kind)
    return fields(kind)


def _value(hint: object, value: object, item: Field[object], where: tuple[str, Path]) -> object:
    if isinstance(hint, UnionType):  # an optional setting that is there is of its first kind
        return _value(get_args(hint)[0], value, item, where)
    if get_origin(hint) is tuple:
        return _names(value, where)
    match value:
        case dict() if isinstance(hint, type) and is_dataclass(hint):
            return _table(hint, value, f"{where[0]}.", where[1])
        case bool() if hint is bool:
            return value
        case int() if hint is int and type(value) is int:
            return _number(value, item, where)
        case str() if hint not in (int, bool) and not is_dataclass(hint):
            return _text(hint, value, where)
    wanted = "a whole number" if hint is int else "true or false" if hint is bool else "a text"
    raise _wrong("a table" if is_dataclass(hint) else wanted, where)


def _number(value: int, item: Field[object], where: tuple[str, Path]) -> int:
    least, most = item.metadata["least"], item.metadata["most"]
    if not least <= value <= most:
        raise _wrong(f"between {least} and {most}", where)
    return value


def _text(hint: object, value: str, where: tuple[str, Path]) -> object:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        if value not in list(hint):
            raise _wrong(f"one of {', '.join(hint)}", where)
        return hint(value)
    if hint is Path:
        return where[1].parent / Path(value).expanduser()
    return _zone(value, where) if hint is ZoneInfo else value


def _zone(value: str, where: tuple[str, Path]) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        raise _wrong("a time zone such as Europe/Paris", where) from None


def _names(value: object, where: tuple[str, Path]) -> tuple[str, ...]:
    names = value if isinstance(value, list) else []
    if not names or not all(isinstance(entry, str) and entry for entry in names) or len(set(names)) != len(names):
        raise _wrong("a list of one or more different texts", where)
    return tuple(names)


def _wrong(wanted: str, where: tuple[str, Path]) -> SettingsError:
    key, path = where
    return SettingsError(f"{path}: {key}: must be {wanted}")
