"""What `bot.toml` may say of the loop: feedback, evaluation, how the bot learns, the gate, the canary."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field, field_validator

from chatwright.spec.hosted import Rival
from chatwright.spec.section import Section


class Feedback(Section):
    """`[feedback]`: how much one rater may say, and what it takes before it counts."""

    per_rater_per_day: int = Field(200, ge=0)  # replies newly rated; 0: without a limit
    per_key_per_day: int = Field(5000, ge=0)  # of an API key, which speaks for many
    quarantine_hours: float = Field(24.0, ge=0)  # before a correction may be accepted with others
    agree: int = Field(2, ge=1)  # raters who must say the same, where nobody looks at each


class Evaluation(Section):
    """`[evaluation]`: what is measured after training."""

    cases: str = "tests/cases.jsonl"
    samples: int = Field(200, ge=1)  # development conversations answered for BLEU and chrF
    rival: tuple[Rival, ...] = ()
    machine_hour: float = Field(0.0, ge=0)  # what an hour of the machine costs, in your currency

    @field_validator("rival")
    @classmethod
    def _rivals_have_names_of_their_own(cls, rivals: tuple[Rival, ...]) -> tuple[Rival, ...]:
        names = [rival.name for rival in rivals]
        for name in names:
            if names.count(name) > 1 or name in ("all", "weights", "found"):
                raise ValueError(f"{name!r} is the name of something else already")
        return rivals


class Improve(Section):
    """`[improve]`: how the bot learns from reviewed corrections, and when by itself."""

    every: str = Field("", pattern=r"^([1-9]\d*[mhd])?$")  # "1d", "12h", "30m"; empty: when asked
    method: Literal["auto", "scratch", "continue"] = "auto"  # auto: from scratch up to 10 minutes
    replay: float = Field(0.2, ge=0, le=1)  # share of what it knows that comes again in "continue"
    weight: int = Field(3, ge=1, le=100)  # how often a correction stands in the training data
    minutes: float = Field(0.0, ge=0)  # of training; 0: those of [training]
    seeds: int = Field(3, ge=1, le=9)  # trainings of a scheduled run; one where somebody asks
    promote: bool = True  # what passes the gate is served; false: it waits for `release promote`
    without_raters: tuple[str, ...] = ()  # whose feedback is never learned from


Guardrail = Literal[
    "wrong", "declined", "bits_per_byte", "chrf", "facts", "copied", "unsafe", "benign", "milliseconds"
]  # fmt: skip


class Gate(Section):
    """`[gate]`: what a new release must show before it takes the place of the one that is served."""

    primary: Literal["auto", "cases", "bits_per_byte", "chrf"] = "auto"
    margin: float = Field(0.03, gt=0, lt=0.5)  # of shares, and of chrF from 0 to 1
    margin_bits: float = Field(0.02, gt=0)  # of bits per byte
    slower: float = Field(0.25, gt=0)  # by which share answers may take longer
    confidence: float = Field(0.95, ge=0.5, lt=1)  # of the intervals, and against false alarms
    guardrails: tuple[Guardrail, ...] = get_args(Guardrail)
    must_pass: tuple[str, ...] = ("corrections", "unsafe")  # topics of cases and safety prompts
    strict: bool = False  # a must-pass case that neither passes is a reason against it, too
    least: int = Field(30, ge=2)  # conversations; a slice with fewer is shown and not judged
    timed: int = Field(30, ge=0)  # questions that both are asked in turn, for their time; 0: none
    rounds: int = Field(4000, ge=500, le=100_000)  # of the bootstrap


class Canary(Section):
    """`[canary]`: a candidate that answers a share of the people, and what ends that by itself."""

    share: float = Field(0.05, gt=0, le=0.5)  # of the people
    steps: tuple[float, ...] = ()  # the shares that follow, each after `step_days` without an alarm
    step_days: float = Field(1.0, gt=0)
    false_alarm: float = Field(0.05, gt=0, lt=0.5)  # of all rules together, however often one looks
    margin: float = Field(0.05, gt=0, lt=1)  # worse by less than this is good enough to promote
    slow_margin: float = Field(0.1, ge=0, lt=1)  # more slow replies than this are too slow
    slow_ms: int = Field(
        0, ge=0
    )  # a reply that takes longer is slow; 0: as the slowest tenth before
    errors: float = Field(0.05, gt=0, lt=1)  # of the candidate's replies; more end it at once

    @field_validator("steps")
    @classmethod
    def _steps_grow(cls, steps: tuple[float, ...]) -> tuple[float, ...]:
        if list(steps) != sorted(set(steps)) or any(not 0 < one <= 0.5 for one in steps):
            raise ValueError("steps are growing shares of at most 0.5, like [0.2, 0.5]")
        return steps
