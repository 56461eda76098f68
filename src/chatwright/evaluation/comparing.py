"""Two releases on the same items, under the conditions that they are served in: what the gate judges.

    compare(spec, candidate, current, progress) -> Verdict

Held-out conversations are those of the candidate's dataset that neither was trained on. What was measured
before from the same inputs is found by its key and not measured again.
"""

from __future__ import annotations

from collections.abc import Sequence

from chatwright.core.progress import Progress
from chatwright.evaluation.gate import Verdict
from chatwright.release.manifest import Release
from chatwright.spec import Spec


def compare(
    spec: Spec,
    candidate: Release,
    current: Release,
    progress: Progress,
    *,
    seeds: Sequence[Release] = (),
    must_pass: Sequence[str] = (),
) -> Verdict:
    """Measure both where that was not done, judge, and keep `verdict.json` and `verdict.html`.

    `seeds`: releases of the same training with other seeds. `must_pass`: topics besides those of `[gate]`.
    Raises `ReleaseError` where a file of a release was changed.
    """
    raise NotImplementedError
