"""Text <-> ids, and conversation -> ids with a loss mask. Owns the only chat template."""

from chatwright.tokenizer.adopt import adopt
from chatwright.tokenizer.bpe import Tokenizer
from chatwright.tokenizer.chooser import Chooser
from chatwright.tokenizer.template import KnownReply, Rendered

__all__ = ["Chooser", "KnownReply", "Rendered", "Tokenizer", "adopt"]
