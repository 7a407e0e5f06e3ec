"""`current.json`: the one file that says which release is current; it is only ever replaced as a whole."""

from warehouse.release.files import replace_file
from warehouse.release.manifest import NoRelease, Release, dump, listing, load, order, read_json
from warehouse.settings import Settings

POINTER = "current.json"


def current(settings: Settings) -> Release | None:
    """The release that readers should use; None before the first one or when all are retracted."""
    path = settings.releases / POINTER
    if not path.is_file():
        return None
    version = read_json(path)["version"]
    if version is None:
        return None
    release = load(settings, str(version))
    # Between the mark and the pointer a retraction may be interrupted: the mark decides.
    return release if release.retracted is None else newest(settings)


def newest(settings: Settings) -> Release | None:
    """The newest release that was not taken back."""
    sound = [release for release in listing(settings) if release.retracted is None]
    return sound[-1] if sound else None


def point_to(settings: Settings, release: Release | None) -> None:
    """Make a release the current one, or none."""
    replace_file(settings.releases / POINTER, dump({"version": release.version if release else None}))


def advance(settings: Settings, release: Release) -> None:
    """Point to the release unless a newer one is current; what points there already is left alone."""
    now = current(settings)
    if release.retracted is None and (now is None or order(now.version) < order(release.version)):
        point_to(settings, release)


def chosen(settings: Settings, version: str | None) -> Release:
    """The named release, or the current one; raises `NoRelease`."""
    if version is not None:
        return load(settings, version)
    release = current(settings)
    if release is None:
        raise NoRelease("Nothing is released yet: deliver, build, gate and release first.")
    return release
