"""Names of persons by Presidio and spaCy: the extra `presidio`, behind the same protocol as the rules.

Only spaCy's own entities are asked: Presidio's other recognizers are not loaded, because one of them
goes to the network for a list of domains. A language model that is not installed is an error with a
next step: left to itself, Presidio would download it, and end the process where that fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chatwright.core.errors import DataError
from chatwright.data.privacy_rules import Span

try:  # an extra; whoever installed it pays for the import
    import spacy
    from presidio_analyzer import RecognizerResult
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import SpacyRecognizer
except ImportError:
    spacy = None

# The small models, by language: installed by name, never from here.
MODELS = {
    "en": ("en_core_web_sm", "en_core_web_md", "en_core_web_lg"),
    "de": ("de_core_news_sm", "de_core_news_md"),
    "fr": ("fr_core_news_sm", "fr_core_news_md"),
    "es": ("es_core_news_sm", "es_core_news_md"),
    "ja": ("ja_core_news_sm", "ja_core_news_md"),
}


class Presidio:
    """A detector of names with one language model. Raises `DataError` when it cannot work offline.

    It is sent to worker processes by its language alone; each loads its own model.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._engine, self._recognizer = _load(language)

    def __call__(self, text: str) -> Iterator[Span]:
        artifacts = self._engine.process_text(text, self.language)
        found: list[RecognizerResult] = self._recognizer.analyze(text, ["PERSON"], artifacts)
        return (Span(person.start, person.end, "NAME") for person in found)

    def __reduce__(self) -> tuple[type[Presidio], tuple[str]]:
        return Presidio, (self.language,)


def _load(language: str) -> tuple[Any, Any]:
    if spacy is None:
        raise DataError(
            'names = "presidio" needs Presidio, which is not installed.',
            'Run `pip install "chatwright[presidio]"`, or set names = "rules" in [privacy].',
        )
    known = MODELS.get(language, ())
    model = next((name for name in known if spacy.util.is_package(name)), None)
    if model is None:
        wanted = " or ".join(known[:1]) or f"a spaCy model for {language!r}"
        raise DataError(
            f"Presidio has no language model for {language!r} here.",
            f'Install {wanted} (`python -m spacy download`, once, online), or set names = "rules".',
        )
    engine = SpacyNlpEngine(models=[{"lang_code": language, "model_name": model}])
    engine.load()
    return engine, SpacyRecognizer(supported_language=language, supported_entities=["PERSON"])
