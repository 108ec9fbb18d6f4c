"""The site: everything that a station needs from outside, found and checked before anything starts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verifier import policies, settings
from verifier.policies import PolicyError
from verifier.policy import Policy
from verifier.settings import CameraKind, Settings, SettingsError
from verifier.station.trust import ImageSource


@dataclass(frozen=True, slots=True)
class Site:
    """A settings file, what it says, and what the command line adds."""

    file: Path
    settings: Settings
    runtime: Path
    training: bool

    def policies(self) -> tuple[Policy, ...]:
        """Find the lane's policies, in the settings' order. Raises `SettingsError`."""
        try:
            return tuple(policies.find(name) for name in self.settings.policies)
        except PolicyError as error:
            raise SettingsError(f"{self.file}: policies: {error}") from None

    def registry(self) -> ImageSource:
        """Take the registry image into use. Raises `RegistryError`."""
        return ImageSource(self.settings.registry.image, self.runtime)

    def arguments(self) -> Sequence[str]:
        """Say the same site to another command."""
        camera = self.settings.camera
        shown = ["--camera", str(camera.folder)] if camera.kind is CameraKind.FOLDER else []
        mode = ["--training"] if self.training else []
        return ["--settings", str(self.file), "--runtime", str(self.runtime), *shown, *mode]


RUNTIME = Path("/run/credential-gate")


def load(file: Path, runtime: Path | None, camera: Path | None, *, training: bool) -> Site:
    """Read the settings; a camera folder from the command line takes the place of theirs. Raises `SettingsError`.

    Without a runtime folder it is `RUNTIME`.
    """
    found = settings.load(file)
    if camera is not None:
        found = replace(found, camera=replace(found.camera, kind=CameraKind.FOLDER, folder=camera.absolute()))
    return Site(file, found, runtime or RUNTIME, training)
