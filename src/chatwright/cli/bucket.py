"""`chatwright release push|pull`; apart from the other verbs because it needs the extra `s3`."""

from __future__ import annotations

from chatwright.cli.show import Screen
from chatwright.core.errors import ReleaseError
from chatwright.release.bucket import Bucket, Moved
from chatwright.release.registry import Registry
from chatwright.spec import Spec


def push(spec: Spec, url: str, screen: Screen) -> None:
    current = Registry(spec).current()
    if current is None:
        raise ReleaseError(
            "This bot has no promoted release to push.", f"Run `chatwright up {spec.folder}`."
        )
    moved = Bucket(url).push(spec.made, current[0])
    _tell(screen, moved, "sent", url)


def pull(spec: Spec, url: str, wanted: str, promote: bool, screen: Screen) -> None:
    moved, registry = Bucket(url).pull(spec.made, wanted), Registry(spec)
    _tell(screen, moved, "fetched", url)
    deployment = moved.deployment
    if not promote or registry.current_id() == deployment.id:
        return
    release = registry.usable(deployment.release)
    registry.promote(release, f"pulled from {url}", calibration=deployment.calibration)
    screen.say(f"Release {release.id} is served from now on (deployment {deployment.id}).")


def _tell(screen: Screen, moved: Moved, verb: str, url: str) -> None:
    screen.say(
        f"deployment {moved.deployment.id}: {moved.files} files {verb} ({moved.bytes:,} bytes), "
        f"{moved.there} were there already. {url}"
    )
    screen.result(
        {
            "deployment": moved.deployment.id,
            "release": moved.deployment.release,
            "files": moved.files,
            "bytes": moved.bytes,
            "there": moved.there,
        }
    )
