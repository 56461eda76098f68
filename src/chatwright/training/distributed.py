"""Several processes train one model: what they say to each other, and who keeps which weights.

`torchrun --nproc-per-node 2 -m chatwright.cli train BOT` starts them; each runs the same code on the
same recipe. Two ways: "ddp", where every process has all weights and gradients are summed, and "fsdp"
(`torch.distributed.fsdp.fully_shard`), where each keeps a part. Checkpoints are those of one process.

Gradients are summed here and not by `DistributedDataParallel`: the loss is already divided by the weight
of the whole step, the sum is taken once a step whatever the number of micro-batches, and parameter names
stay as they are. What that costs: the sum does not run behind the backward pass.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.distributed_c10d import PrefixStore, Store
from torch.distributed.fsdp import FSDPModule, fully_shard
from torch.distributed.rendezvous import rendezvous
from torch.distributed.tensor import DTensor, distribute_tensor

BUCKET = 1 << 25  # numbers that are summed at once: bounds the copy
WAITING = timedelta(days=1)  # for the first process, which builds data and plans

Parallel = Literal["ddp", "fsdp"]


def whole(tensor: Tensor) -> Tensor:
    """The full tensor, gathered from all processes where each has a part; all must ask together."""
    return tensor.full_tensor() if isinstance(tensor, DTensor) else tensor


def part(full: Tensor, like: Tensor) -> Tensor:
    """This process's part of `full`, as `like` is cut; every process has the same `full`."""
    if not isinstance(like, DTensor):
        return full
    return distribute_tensor(full, like.device_mesh, like.placements, src_data_rank=None)


@dataclass(frozen=True)
class World:
    """The processes that train together, and which of them this is."""

    rank: int = 0
    size: int = 1
    here: int = 1  # processes on this machine
    parallel: Parallel = "ddp"
    store: Store | None = None

    @property
    def first(self) -> bool:
        """Whether this is the one that writes files and talks."""
        return self.rank == 0

    @property
    def sharded(self) -> bool:
        return self.size > 1 and self.parallel == "fsdp"

    def sharing(self, parallel: Parallel) -> World:
        """The same processes, sharing the model so."""
        return replace(self, parallel=parallel)

    def ready(self) -> None:
        """Said by the first process when what it makes alone is made."""
        if self.store is not None:
            self.store.set("ready", "yes")

    def wait(self) -> None:
        """Until the first process is `ready`. If it fails, torchrun ends this one too."""
        if self.store is not None:
            self.store.wait(["ready"], WAITING)

    def agree(self, value: int) -> int:
        """The first process's `value`."""
        said = torch.tensor(value, device=self._device())
        if self.size > 1:
            dist.broadcast(said, 0)
        return int(said)

    def any(self, value: bool) -> bool:
        """Whether it is true for one of them at least."""
        said = torch.tensor(int(value), device=self._device())
        if self.size > 1:
            dist.all_reduce(said, dist.ReduceOp.MAX)
        return bool(said)

    def total(self, tensors: Sequence[Tensor]) -> None:
        """Replace each by its sum over all processes, some at a time."""
        if self.size == 1:
            return
        for bucket in _buckets(tensors):
            flat = torch.cat([t.reshape(-1) for t in bucket])
            dist.all_reduce(flat)
            for tensor, summed in zip(bucket, flat.split([t.numel() for t in bucket]), strict=True):
                tensor.copy_(summed.view_as(tensor))

    def total_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Sum what FSDP has not summed already. A process without rows adds nothing."""
        if self.size == 1:
            return
        plain = [p for p in parameters if p.requires_grad and not isinstance(p, DTensor)]
        for p in plain:
            p.grad = torch.zeros_like(p) if p.grad is None else p.grad
        self.total([p.grad for p in plain if p.grad is not None])

    @torch.no_grad()
    def share(self, tensors: Mapping[str, Tensor]) -> None:
        """Overwrite all tensors with the first process's. Cut ones receive their part of its whole."""
        if self.size == 1:
            return
        for name in sorted(tensors):
            full = whole(tensors[name]).contiguous()
            dist.broadcast(full, 0)
            tensors[name].copy_(part(full, tensors[name]))

    def cut(self, body: nn.Module) -> None:
        """FSDP2: from here on each process keeps a part of `body`, layer by layer.

        The outermost weights stay whole from forward to backward: the head, which is the embedding,
        is used after the body's forward. Sums, not means: the loss is divided by the whole weight.
        """
        mesh = init_device_mesh(self._device().type, (self.size,))
        for layer in getattr(body, "layers", ()):
            fully_shard(layer, mesh=mesh)
        fully_shard(body, mesh=mesh, reshard_after_forward=False)
        for module in body.modules():
            if isinstance(module, FSDPModule):
                module.set_force_sum_reduction_for_comms(True)
                module.set_gradient_divide_factor(1.0)

    def _device(self) -> torch.device:
        """Where what is sent has to lie."""
        nccl = self.size > 1 and dist.get_backend() == "nccl"
        return torch.device("cuda", torch.cuda.current_device()) if nccl else torch.device("cpu")

    def blames_me(self) -> bool:
        """Whether this process is the first that failed: the others then only follow, and say nothing."""
        return self.store is None or self.store.add("failed", 1) == 1


ALONE = World()


def is_first() -> bool:
    """Whether this process is the one that talks; before, and outside of, any `together`."""
    return os.environ.get("RANK", "0") == "0"


@contextmanager
def together(device: str) -> Iterator[World]:
    """The processes that torchrun started; one alone without it. An error in one ends all of them,
    with one message: that of the process in which it happened first."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield ALONE
        return
    store, rank, size = next(rendezvous("env://"))
    dist.init_process_group(
        "nccl" if device.startswith("cuda") else "gloo", store=store, rank=rank, world_size=size
    )
    mine = PrefixStore("chatwright", store)
    world = World(rank, size, int(os.environ.get("LOCAL_WORLD_SIZE", size)), store=mine)
    try:
        yield world
    except BaseException as error:
        if world.blames_me():
            raise
        raise SystemExit(1) from error
    finally:
        dist.destroy_process_group()


def reshard(body: nn.Module) -> None:
    """Give back weights that a forward without a backward left whole."""
    if isinstance(body, FSDPModule):
        body.reshard()


def _buckets(tensors: Sequence[Tensor]) -> Iterator[list[Tensor]]:
    bucket: list[Tensor] = []
    for tensor in tensors:
        if bucket and sum(t.numel() for t in bucket) + tensor.numel() > BUCKET:
            yield bucket
            bucket = []
        bucket.append(tensor)
    if bucket:
        yield bucket
