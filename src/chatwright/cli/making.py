"""The part of `up` that needs torch: train and pack. Loaded only when there is something to make."""

from __future__ import annotations

from typing import Any

from chatwright.cli.show import Screen
from chatwright.cli.train import show
from chatwright.evaluation.candidate import release_of, train_bot
from chatwright.release.manifest import Release
from chatwright.spec import Spec


def make(spec: Spec, screen: Screen) -> tuple[Release, dict[str, Any]]:
    """The release of `spec`, and what its training tells of itself."""
    trained = train_bot(spec, screen, serve=True)
    show(screen, trained)
    return release_of(spec, trained, screen), trained.about()
