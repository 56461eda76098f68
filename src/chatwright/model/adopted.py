"""A pretrained base made ours: an ordinary model folder, of the bot's own context and tokens.

From there on nothing differs from a model that was trained here: the folder is loaded, trained further
(whole, by LoRA, on judged replies), saved and served like any other. Made once per base.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from chatwright.core.errors import SpecError
from chatwright.model.decoder import Decoder
from chatwright.model.foreign import Foreign
from chatwright.model.foreign import load as load_foreign
from chatwright.model.pretrained import AGAIN, Pretrained
from chatwright.model.shape import Shape
from chatwright.model.weights import load, save, save_foreign
from chatwright.tokenizer import adopt

NOISE = 0.1  # of the spread of the known rows
VERSION = 1  # of what is done to a base


@dataclass(frozen=True, slots=True)
class Adopted:
    """A folder with weights and tokenizer, its shape, and the identity of the base."""

    folder: Path
    shape: Shape
    identity: str
    foreign: bool

    def load(self) -> Decoder | Foreign:
        return load_foreign(self.folder, self.shape) if self.foreign else load(self.folder)


def adopted(made: Path, base: Pretrained, context: int, *, placeholders: bool) -> Adopted:
    """`base` with our tokens, cut to at most `context` positions, in a folder below `made`."""
    context = min(context, base.shape.context)
    kind = "-placeholders" if placeholders else ""
    folder = made / "bases" / f"{base.identity[:12]}-{context}-{VERSION}{kind}"
    tokenizer = adopt(base.folder, placeholders=placeholders)
    rows = base.shape.vocabulary
    rows = rows if len(tokenizer) <= rows else tokenizer.padded
    shape = replace(base.shape, vocabulary=rows, context=context)
    if not (folder / "tokenizer.json").exists():  # written last: it says that the folder is whole
        if base.foreign:
            save_foreign(_grown_foreign(base, shape), tokenizer, folder)
        else:
            save(_grown(base, shape), tokenizer, folder)
    return Adopted(folder, shape, base.identity, base.foreign)


def _grown(base: Pretrained, shape: Shape) -> Decoder:
    """The weights of `base` in `shape`, of more words and fewer positions.

    Rows of words that are new, or that no token of the base uses, begin at the mean of the others and a
    little noise: a new token is then no likelier than any other (Hewitt 2021, "Initializing new word
    embeddings for pretrained language models").
    """
    decoder = Decoder(shape)
    generator = torch.Generator().manual_seed(0)  # one base, one start
    start = load(base.folder, AGAIN).state_dict()
    with torch.no_grad():
        for name, parameter in decoder.named_parameters():
            rows = start[name]
            if "embed_positions" in name:
                rows = rows[: len(parameter)]
            elif "embed_tokens" in name or "lm_head" in name:
                rows = _longer(rows[: base.tokens], len(parameter), generator)
            parameter.copy_(rows)
    return decoder


def _longer(rows: Tensor, count: int, generator: torch.Generator) -> Tensor:
    noise = torch.randn(count - len(rows), rows.shape[1], generator=generator)
    return torch.cat((rows, rows.mean(0) + NOISE * rows.std(0) * noise))


def _grown_foreign(base: Pretrained, shape: Shape) -> Foreign:
    """The same of a model that transformers computes. Its table of positions stays."""
    try:
        model = load_foreign(base.folder, base.shape)
    except (OSError, ValueError, ImportError) as error:
        raise SpecError(f"The base {base.name} cannot be trained here ({error}).", AGAIN) from error
    model.inner.resize_token_embeddings(shape.vocabulary, mean_resizing=False)
    generator = torch.Generator().manual_seed(0)
    tables = (model.inner.get_input_embeddings().weight, model.inner.get_output_embeddings().weight)
    with torch.no_grad():
        for table in {id(table): table for table in tables}.values():
            table.copy_(_longer(table[: base.tokens], len(table), generator))
    return model
