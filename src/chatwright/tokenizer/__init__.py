"""Text <-> ids, and conversation -> ids with a loss mask. Owns the only chat template."""

from chatwright.tokenizer.bpe import Tokenizer
from chatwright.tokenizer.template import Rendered

__all__ = ["Rendered", "Tokenizer"]
