"""Figures -> plain sentences: what a report warns of, and its short form for the terminal.

Every part of the figures may be absent, `{"not_applicable": why}` or empty (n = 0); none of that is
an error. Nothing is measured here.
"""

from __future__ import annotations

import math

from chatwright.core.figures import Values, count, number, part, percent, rows

FEW_CASES = 30  # below it a 95% interval is wider than about 30 points
FEW_TRAINING = 500  # conversations
DECLINES = 0.9  # the share of out-of-scope questions that ought to be declined
NAMED = 6  # topics in one sentence
WEAK = 0.7  # a topic below this share is named as weak
CUT = 0.02  # share of answers that end for length
FAR_APART = 1.5  # development bits per byte over those of training
FORETOLD = 0.05  # bits per byte that a forecast is usually off (`training.forecast.USUAL`)
RISE = 1.03  # development bits per byte at the end over their best


def absent(values: Values, name: str, otherwise: str) -> str:
    """Why the part `name` was not measured: its own reason, or `otherwise`."""
    return str(part(values, name).get("not_applicable") or otherwise)


def bounds(figure: Values) -> tuple[float, float] | None:
    """The two ends of a figure's interval, or None when it has none."""
    given = figure.get("interval")
    if not isinstance(given, list | tuple) or len(given) != 2:
        return None
    low, high = (number(end) for end in given)
    return None if low is None or high is None else (low, high)


def interval_text(share: Values) -> str:
    """`75 to 91%`, or nothing when there is no interval."""
    ends = bounds(share)
    return f"{100 * ends[0]:.0f} to {percent(ends[1])}" if ends else ""


def share_text(share: Values) -> str:
    """`71 of 84, 85% (95% interval 75 to 91%)`; "not measured" for n = 0."""
    value = number(share.get("share"))
    if value is None:
        return "not measured"
    between = interval_text(share)
    tail = f" (95% interval {between})" if between else ""
    return f"{count(share, 'passed')} of {count(share, 'n')}, {percent(value)}{tail}"


def topic_name(topic: object) -> str:
    return str(topic) or "(no topic)"


def weak_topics(values: Values) -> list[tuple[str, Values]]:
    """Topics below `WEAK`, the weakest first."""
    found = [(topic, part(values, "cases", "by_topic", topic)) for topic in topics(values)]
    weak = [
        (t, s) for t, s in found if (value := number(s.get("share"))) is not None and value < WEAK
    ]
    return sorted(weak, key=lambda item: (item[1]["share"], -count(item[1], "n"), item[0]))


def topics(values: Values) -> list[str]:
    return list(part(values, "cases", "by_topic"))


def paired(values: Values) -> tuple[int, int, float] | None:
    """(cases only the model passes, cases only the lookup passes, chance of such a difference).

    In scope only; None without a lookup. The chance is the exact two-sided sign test's
    (McNemar, 1947).
    """
    both = [r for r in rows(values, "cases", "results") if "lookup_passed" in r and in_scope(r)]
    if not both:
        return None
    ours = sum(bool(r.get("passed")) and not r["lookup_passed"] for r in both)
    theirs = sum(bool(r["lookup_passed"]) and not r.get("passed") for r in both)
    n = ours + theirs
    tail = sum(math.comb(n, k) for k in range(min(ours, theirs) + 1)) / 2**n
    return ours, theirs, min(1.0, 2 * tail)


def in_scope(result: Values) -> bool:
    return result.get("expected") != "refused"


def warnings_of(values: Values) -> list[str]:
    """What a reader must know before trusting the figures, each with what can be done about it."""
    return [
        *_about_cases(values),
        *_about_topics(values),
        *_about_lookup(values),
        *_about_routes(values),
        *_about_answers(values),
        *_about_data(values),
        *_about_training(values),
    ]


def _about_cases(values: Values) -> list[str]:
    results = rows(values, "cases", "results")
    if not results:
        return [
            "There are no test cases, so nothing says whether answers are right. Write some "
            "questions "
            "with what a good answer must contain into tests/cases.jsonl."
        ]
    found = []
    for name, words in (("in_scope", "in scope"), ("out_of_scope", "out of scope")):
        n = count(part(values, "cases", name), "n")
        if n == 0:
            found.append(f"No test case is {words}: that side is not measured. Add some.")
        elif n < FEW_CASES:
            few = "Only 1 test case is" if n == 1 else f"Only {n} test cases are"
            found.append(
                f"{few} {words}, so the interval is wide; with {FEW_CASES} or more the figure "
                "says more."
            )
    declined = part(values, "cases", "out_of_scope")
    share = number(declined.get("share"))
    if share is not None and share < DECLINES:
        n = count(declined, "n") - count(declined, "passed")
        found.append(
            f"It answers {n} of {count(declined, 'n')} questions that it should decline. Add such "
            "questions "
            "to the training data with answers that decline."
        )
    inside = [r for r in results if in_scope(r)]
    refused = sum(r.get("route") == "refused" for r in inside)
    if refused > 0.1 * len(inside):
        found.append(
            f"It declines {refused} of {len(inside)} questions that it should answer. Add more "
            "ways "
            "of asking them to the training data."
        )
    empty = sum(not str(r.get("answer") or "").strip() for r in results)
    if empty:
        found.append(f"{empty} of {len(results)} answers to test cases are empty.")
    return found


def _about_topics(values: Values) -> list[str]:
    hopeless = [
        f"{topic_name(topic)} (0 of {count(share, 'n')})"
        for topic, share in weak_topics(values)
        if number(share.get("share")) == 0
    ]
    if not hopeless:
        return []
    more = f", and {len(hopeless) - NAMED} more topics" if len(hopeless) > NAMED else ""
    return [
        f"No test case passes on: {', '.join(hopeless[:NAMED])}{more}. Do not rely on it there "
        "before you have added conversations on it."
    ]


def _about_lookup(values: Values) -> list[str]:
    model = number(part(values, "cases", "in_scope").get("share"))
    peer = number(part(values, "cases", "lookup", "in_scope").get("share"))
    if model is None or peer is None:
        return []
    if model < peer:
        return [
            f"A plain lookup of the nearest known question does better: {percent(peer)} of the "
            "cases in "
            f"scope against the model's {percent(model)}. Train longer or on more conversations "
            "before "
            "relying on the model."
        ]
    pair = paired(values)
    if pair is not None and pair[2] >= 0.05:
        return [
            "The model is not clearly better than a plain lookup of the nearest known question: "
            f"{pair[0]} "
            f"cases only the model passes, {pair[1]} only the lookup; that may be chance."
        ]
    return []


def _about_answers(values: Values) -> list[str]:
    text = part(values, "text")
    n, cut = count(text, "n"), count(text, "cut_by_length")
    found = []
    if n and cut > CUT * n:
        found.append(
            f"{cut} of {n} sample answers were cut because they reached the length limit. Raise "
            "max_tokens "
            "under [answers], or look whether the model repeats itself."
        )
    ratio = number(text.get("length_ratio"))
    if n and ratio is not None and not 0.5 <= ratio <= 2:
        found.append(
            f"Answers are {ratio:.1f} times as long as the logged ones. BLEU and chrF mean little "
            "then."
        )
    if 0 < n < FEW_CASES:
        found.append(f"BLEU and chrF rest on {n} answers only; they would differ on other samples.")
    return found


def _about_routes(values: Values) -> list[str]:
    """A dial that no confidence reaches: then hardly anything is answered."""
    routing = part(values, "routing")
    least, tolerated = number(routing.get("threshold")), number(routing.get("tolerated_wrong"))
    if least is None or tolerated is None or least <= 1:
        return []
    return [
        f"No confidence is enough for [answers] tolerated_wrong = {tolerated:g}: it declines what no reviewed "
        "answer settles. Tolerate more, or give it more conversations or documents to be sure by."
    ]


def _about_data(values: Values) -> list[str]:
    dataset = part(values, "dataset")
    found = []
    held_out = dataset.get("held_out")
    kept = count(dataset, str(held_out)) if held_out else 0
    if not kept and not count(part(values, "text"), "n"):
        found.append(
            "No conversations were held out, so loss, BLEU and chrF are missing. Put some "
            "conversations "
            "into the evaluation folder; they are never trained on."
        )
    elif held_out == "dev":
        found.append(
            "The figures are taken on the development conversations, for there are no others. "
            "Keep some "
            "in the evaluation folder for an independent figure."
        )
    train = count(dataset, "train")
    if 0 < train < FEW_TRAINING:
        found.append(
            f"It was trained on {train:,} conversations, which is few: expect it to fail on other "
            "wordings."
        )
    rejected = sum(int(number(n) or 0) for n in part(values, "dataset", "rejected").values())
    read = count(dataset, "read")
    if read and rejected > 0.1 * read:
        found.append(
            f"{rejected:,} of {read:,} rows of the data were left out; the reasons are in the "
            "report's details."
        )
    cut = count(part(values, "loss"), "cut")
    if cut:
        found.append(
            f"{cut} held-out conversations are longer than the model's context and were scored on "
            "what fits."
        )
    return found


def forgot(training: Values) -> str:
    """What a model that went on learning lost of what it had learned before; "" where it did not."""
    figures = part(training, "forgetting")
    before, after = number(figures.get("before")), number(figures.get("after"))
    if before is None or after is None or not figures.get("forgot"):
        return ""
    return (
        f"It forgot: what it learned from before is predicted {percent(after / before - 1)} worse "
        f"({before:.3f} to {after:.3f} bits per byte). A larger [training] replay, or a smaller rate, helps."
    )


def foretold(training: Values) -> str:
    """Expected beside reached; "" where nothing was expected or measured."""
    expected = number(training.get("forecast_bits_per_byte"))
    reached = number(training.get("dev_bits_per_byte"))
    if expected is None or reached is None:
        return ""
    off = reached - expected
    return (
        f"Expected before training: {expected:.3f} bits per byte on development conversations; reached: "
        f"{reached:.3f}, {abs(off):.3f} {'more' if off > 0 else 'less'}."
    )


def _behind(training: Values) -> list[str]:
    """A training that ended clearly above what its data and its steps give."""
    expected = number(training.get("forecast_bits_per_byte"))
    reached = number(training.get("dev_bits_per_byte"))
    if expected is None or reached is None or reached <= expected + 2 * FORETOLD:
        return []
    return [
        f"{foretold(training)} That is more than a forecast is usually off: was it ended early, are its "
        "rates changed, or are the development conversations of another kind?"
    ]


def _about_training(values: Values) -> list[str]:
    training = part(values, "training")
    found = [line] if (line := forgot(training)) else []
    found += _behind(training)
    train = number(training.get("train_bits_per_byte"))
    dev = number(training.get("dev_bits_per_byte"))
    if train and dev and dev > FAR_APART * train:
        found.append(
            f"It predicts its training text far better ({train:.2f} bits per byte) than new text "
            f"({dev:.2f}): "
            "it knows much by heart. More conversations help, longer training does not."
        )
    curve = [(r.get("step"), number(r.get("dev_bits_per_byte"))) for r in rows(training, "curve")]
    points = [(step, value) for step, value in curve if value is not None]
    if len(points) > 2:
        best_step, best = min(points, key=lambda point: point[1])
        if points[-1][1] > RISE * best:
            kept = training.get("kept_step") == best_step
            after = "that model is the one released" if kept else "the later model was kept"
            found.append(
                f"New text was predicted best at step {best_step} and worse after it; {after}. Training "
                "went on for too long for this amount of data: less time gives the same."
            )
    return found


def summary_lines(values: Values) -> list[str]:
    """The short honest report for the terminal, which then says where the full one is."""
    cases = part(values, "cases")
    lines = []
    if rows(values, "cases", "results"):
        lines.append(f"Test questions in scope passed: {share_text(part(cases, 'in_scope'))}")
        if lookup := part(cases, "lookup"):
            lines.append(
                f"  a plain nearest-question lookup: {share_text(part(lookup, 'in_scope'))}"
            )
        lines.append(f"Questions out of scope declined: {share_text(part(cases, 'out_of_scope'))}")
        lines += _wrong_line(values)
    else:
        lines.append("Test questions: none, so whether answers are right was not measured.")
    if weak := weak_topics(values):
        named = [
            f"{topic_name(t)} ({count(s, 'passed')} of {count(s, 'n')})" for t, s in weak[:NAMED]
        ]
        more = f", and {len(weak) - NAMED} more" if len(weak) > NAMED else ""
        lines.append(f"Weak topics: {', '.join(named)}{more}")
    elif topics(values):
        lines.append(f"Weak topics: none below {percent(WEAK)} of its cases")
    lines += [_loss_line(values), _text_line(values)]
    warnings = values.get("warnings")
    found = warnings if isinstance(warnings, list) else warnings_of(values)
    if found:
        lines.append(f"To know before relying on it ({len(found)}, all in the report):")
        lines += [f"  - {warning}" for warning in found[:3]]
    return lines


def _wrong_line(values: Values) -> list[str]:
    """Wrong answers of all questions, and what share of questions is answered at the dial."""
    wrong, routing = part(values, "cases", "wrong"), part(values, "routing")
    if not wrong:
        return []
    line = f"Wrong answers, of all questions: {share_text(wrong)}"
    coverage, tolerated = number(routing.get("coverage")), number(routing.get("tolerated_wrong"))
    if coverage is not None and tolerated is not None:
        line += (
            f"; with {100 * tolerated:g}% tolerated, {percent(coverage)} of the questions that have an answer "
            "get one"
        )
    return [line]


def _loss_line(values: Values) -> str:
    loss = part(values, "loss")
    bits = number(loss.get("bits_per_byte"))
    if bits is None or not count(loss, "conversations"):
        why = loss.get("not_applicable") or "no conversations were held out"
        return f"Loss on held-out conversations: not measured ({why})"
    perplexity = number(loss.get("perplexity"))
    tail = f", perplexity {perplexity:.2f} per token" if perplexity is not None else ""
    n = count(loss, "conversations")
    figures = f"{bits:.3f} bits per byte{tail}"
    return f"Loss on held-out conversations: {figures} (n = {n:,}; lower is better)"


def _text_line(values: Values) -> str:
    text = part(values, "text")
    n, bleu, chrf = count(text, "n"), number(text.get("bleu")), number(text.get("chrf"))
    if not n or bleu is None or chrf is None:
        why = text.get("not_applicable") or "no held-out replies to compare with"
        return f"Likeness to logged replies: not measured ({why})"
    return f"Likeness to logged replies: BLEU {bleu:.1f}, chrF {chrf:.1f} of 100 (n = {n:,})"
