"""The console stays on its machine unless it is told to leave, and then only with TLS and somebody who can sign in."""

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from verifier.commands.invite import command as invite
from verifier.console import doors
from verifier.console.access import Role
from verifier.console.keep import Entry, Keep
from verifier.settings import Console, Outside, SettingsError


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "gate.example")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1)
    )
    certificate = builder.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    (tmp_path / "c.pem").write_bytes(certificate.public_bytes(pem))
    none = serialization.NoEncryption()
    (tmp_path / "k.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, none))
    return Outside("gate.example", tmp_path / "c.pem", tmp_path / "k.pem", "127.0.0.1", free())


@pytest.mark.parametrize("host", ["192.0.2.1", "::", "gate.example", ""])
def test_the_plain_door_is_loopback_and_nothing_else(host: str) -> None:
    with pytest.raises(SettingsError, match=r"^console\.host: must be a loopback address"):
        doors.open_all(Console(host))


def test_nobody_listens_outside_before_somebody_can_sign_in(tmp_path: Path, outside: Outside) -> None:
    console = Console(port=free(), state=tmp_path / "state", outside=outside)
    with pytest.raises(SettingsError, match="nobody could sign in"):
        doors.open_all(console)
    Keep(console.state).passkeys.put(b"id", Entry(Role.ADMINISTRATOR, "Ada", 0))
    inside, out = doors.open_all(console)
    with inside.socket, out.socket:
        assert inside.tls is None
        assert isinstance(out.tls, ssl.SSLContext)
        assert out.tls.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_a_door_without_its_certificate_opens_none(tmp_path: Path, outside: Outside) -> None:
    Keep(tmp_path / "state").passkeys.put(b"id", Entry(Role.ADMINISTRATOR, "Ada", 0))
    broken = replace(outside, private_key=tmp_path / "none.pem")
    with pytest.raises(SettingsError, match="certificate"):
        doors.open_all(Console(port=free(), state=tmp_path / "state", outside=broken))


def test_a_port_that_is_taken_is_said_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SettingsError, match=r"^console\.port: cannot"):
        doors.open_all(Console(port=taken.getsockname()[1]))


def test_only_known_names_are_answered(outside: Outside) -> None:
    console = Console(port=8080, outside=replace(outside, port=443))
    assert doors.names(console) == {"127.0.0.1:8080", "localhost:8080", "gate.example:443", "gate.example"}


def test_an_invitation_is_a_link_and_leaves_no_secret(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text(
        'timezone = "UTC"\npolicies = ["authentic"]\nregistry.image = "r"\n'
        'camera.kind = "picamera2"\nconsole.state = "state"\n'
    )
    result = CliRunner().invoke(invite, ["Ada", "--settings", str(tmp_path / "station.toml")])
    address, _, secret = result.output.strip().partition("#")
    assert address == "http://localhost:8080/enrol"
    (file,) = (tmp_path / "state" / "invitations").glob("*.json")
    assert secret not in file.read_text() + file.name
    assert CliRunner().invoke(invite, ["A\x1b[2J", "--settings", str(tmp_path / "station.toml")]).exit_code == 64
