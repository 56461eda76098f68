"""How the values in a dataset were hidden, as a file: it goes into the release, and serving obeys it.

Neither bot.toml nor knowledge/ is asked again after the build, so what is served cannot differ from
what was trained. Finds nothing itself: that is `privacy`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chatwright.core.errors import ReleaseError
from chatwright.core.files import pretty_json, sha256_file, sha256_json
from chatwright.data.privacy import Redactor, public_facts
from chatwright.spec import Spec
from chatwright.spec.spec import Privacy

log = logging.getLogger(__name__)
# The rest of `[privacy]` is about people's rights, and changes nothing in a dataset or a release.
SETTINGS = {"placeholders", "names"}


@dataclass(frozen=True, slots=True)
class Hiding:
    """`[privacy]`, the language of the detector of names, and what is public (`public_facts`)."""

    settings: Privacy
    language: str
    public: frozenset[str]

    @classmethod
    def of(cls, spec: Spec, said: Iterable[str]) -> Hiding | None:
        """As `spec` says now, with what the owner has `said` in public; None: nothing is hidden."""
        if spec.privacy.placeholders is False:
            return None
        return cls(spec.privacy, language(spec), public_facts(said))

    def redactor(self) -> Redactor:
        return Redactor(self.settings, self.public, language=self.language)

    def text(self) -> str:
        """The content of its file."""
        return pretty_json(
            {
                "settings": self.settings.model_dump(mode="json", include=SETTINGS),
                "language": self.language,
                "rules": rules(),
                "public": sorted(self.public),
            }
        )

    @classmethod
    def load(cls, path: Path) -> Hiding:
        """What `text` wrote. Raises `ReleaseError` when this version cannot do the same."""
        try:
            values = json.loads(path.read_text("utf-8"))
            settings = Privacy(**values["settings"])
            found = cls(settings, values["language"], frozenset(values["public"]))
            known = values["rules"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ReleaseError(
                f"{path} does not say how values are hidden ({error}).",
                "Use the version that made the release, or run `chatwright up` to make a new one.",
            ) from error
        if known != rules():
            log.warning("%s: trained with other rules for placeholders; train again.", path)
        return found


def language(spec: Spec) -> str:
    return (*spec.bot.languages, "en")[0]


@cache
def rules() -> str:
    """Names the rules: the hash of their sources."""
    folder = Path(__file__).parent
    sources = sorted([*folder.glob("privacy*"), *folder.glob("names.*")])
    return sha256_json([sha256_file(path) for path in sources])[:16]
