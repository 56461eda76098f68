"""Figures of a dataset -> plain sentences: what is wrong with it and what to do, and the short form for
the terminal.

Every part of the figures may be absent; nothing is measured here. The keys are in `report`.
"""

from __future__ import annotations

from chatwright.core.figures import Values, count, number, part, percent, rows

FEW_TRAINING = 500  # conversations
FEW_HELD_OUT = 50  # below it a share has an interval of more than 25 points
FEW_ANSWERS = 0.02  # of all answers are different sentences that make up 90% of them
ENOUGH_ANSWERS = 50  # below it few sentences are to be expected
FEW_REFUSED = 20  # conversations
THIN = 5  # rows on a topic of the scope, in the sample
BIG_GROUP = 0.03  # of the sample
UNCOVERED = 0.3  # of a group's rows are about the scope; below it the group lies outside
LANGUAGE = 0.02  # of the sample; less is noise of the detector
LEFT_OUT, REPEATED, LONG, ONE_EXCHANGE = 0.1, 0.3, 0.02, 0.98
NAMED = 5

NEXT_STEP = {
    "no assistant turn": "in chats between several people, say who the bot speaks as with --me",
    "not valid JSON": "save the file as one JSON value a line",
    "invalid UTF-8": "save the file as UTF-8",
    "unknown role": "rename the roles to user and assistant",
    "a message longer": "raise max_message_chars under [data], or cut the texts",
    "written in another language": "add it to languages under [bot], or leave it out on purpose",
}


def warnings_of(values: Values) -> list[str]:
    """What a user can act on, the gravest first."""
    return [
        *_about_leaks(values),
        *_about_size(values),
        *_about_scope(values),
        *_about_answers(values),
        *_about_languages(values),
        *_about_rows(values),
        *_about_shape(values),
    ]


def rejected(values: Values) -> dict[str, int]:
    """Rows left out, by reason, duplicates among them."""
    return {reason: int(n) for reason, n in part(values, "counts", "rejected").items()}


def duplicates(values: Values) -> int:
    return sum(n for reason, n in rejected(values).items() if "duplicate" in reason)


def kept(values: Values) -> int:
    return sum(count(part(values, "counts"), split) for split in ("train", "dev", "test"))


def overlap(values: Values, when: str) -> int | None:
    """Rows of training whose like is held out; None when that was not looked at."""
    found = part(values, "counts", "overlap", when)
    return sum(count(found, name) for name in found) if found else None


def _about_leaks(values: Values) -> list[str]:
    left = overlap(values, "after")
    if not left:
        return []
    return [
        f"{left:,} training conversations are still too like a held-out one, so the figures of the "
        "evaluation will be too good. Build the dataset again; if it stays so, report it as a defect."
    ]


def _about_size(values: Values) -> list[str]:
    counts, found = part(values, "counts"), []
    train = count(counts, "train")
    if 0 < train < FEW_TRAINING:
        found.append(
            f"Only {train:,} conversations are left for training, which is few: expect the bot to fail "
            f"on other wordings. From about {FEW_TRAINING:,} on it begins to generalise."
        )
    held_out = count(counts, "test") or count(counts, "dev")
    if train and held_out < FEW_HELD_OUT:
        found.append(
            f"Only {held_out} conversations are held out, so what is measured on them is rough. Put "
            "some more into the evaluation folder."
        )
    return found


def _about_scope(values: Values) -> list[str]:
    sample, found = part(values, "sample"), []
    scope = rows(sample, "scope")
    empty = [str(r["topic"]) for r in scope if not count(r, "rows")]
    thin = [str(r["topic"]) for r in scope if 0 < count(r, "rows") < THIN]
    if empty:
        found.append(
            f"No conversation seems to be about: {_some(empty)}. Look, and add some, "
            "or take it out of topics under [scope]."
        )
    if thin:
        found.append(
            f"Hardly any conversation seems to be about: {_some(thin)}. Add some in other words."
        )
    outside = [str(g["name"]) for g in rows(sample, "groups") if scope and is_outside(g, sample)]
    if outside:
        found.append(
            f"Many questions lie outside the scope in bot.toml: {_some(outside, '; ')}. Add them to "
            "topics under [scope] if the bot should answer them; if not, mark their answers with "
            '"refused": true.'
        )
    refused = count(sample, "refused")
    if count(sample, "rows") and not refused:
        found.append(
            "There are no out-of-scope examples, so the bot will answer everything, right or wrong. Add "
            'questions it should decline, with a polite answer marked "refused": true.'
        )
    elif count(sample, "rows") and refused * _scale(values) < FEW_REFUSED:
        found.append(
            f"Only about {refused * _scale(values):.0f} conversations show how to decline. Add more "
            'questions that the bot should decline, marked "refused": true.'
        )
    return found


def is_outside(group: Values, sample: Values) -> bool:
    """A big group of answered questions of which few are about a topic of the scope."""
    answered = count(group, "rows") - count(group, "declined")
    big = answered >= BIG_GROUP * count(sample, "rows")
    return big and count(group, "in_scope") < UNCOVERED * answered


def _about_answers(values: Values) -> list[str]:
    answers = part(values, "sample", "answers")
    n, few = count(answers, "n"), count(answers, "few")
    if n < ENOUGH_ANSWERS or few > FEW_ANSWERS * n:
        return []
    sentences = "the same sentence" if few == 1 else f"one of {few} sentences"
    return [
        f"90% of the answers are {sentences}: the bot will learn to say little else. Add answers that "
        "say more, or leave some of these conversations out."
    ]


def _about_languages(values: Values) -> list[str]:
    found, seen = [], part(values, "sample", "languages", "by_code")
    wanted = [str(code).lower().split("-")[0] for code in values.get("languages") or []]
    known = sum(int(number(n) or 0) for code, n in seen.items() if code)
    if known < 20:
        return []
    shares = {code: n / known for code, n in seen.items() if code}
    missing = [code for code in wanted if shares.get(code, 0) < LANGUAGE]
    if missing:
        found.append(
            f"[bot] promises the languages {', '.join(wanted)}, but hardly any conversation is in "
            f"{', '.join(missing)}. Add some, or take it out of languages."
        )
    other = {
        code: share
        for code, share in shares.items()
        if code not in wanted and share >= 2 * LANGUAGE
    }
    if other and wanted:
        named = ", ".join(f"{code} ({percent(share)})" for code, share in other.items())
        found.append(
            f"Conversations are also in {named}, which [bot] does not name. Add it to languages, or "
            'leave it out with the step "language" under [data].'
        )
    return found


def _about_rows(values: Values) -> list[str]:
    read, found = count(part(values, "counts"), "read"), []
    reasons = {reason: n for reason, n in rejected(values).items() if "duplicate" not in reason}
    if read and sum(reasons.values()) > LEFT_OUT * read:
        reason, n = max(reasons.items(), key=lambda item: item[1])
        hint = next((step for start, step in NEXT_STEP.items() if reason.startswith(start)), "")
        found.append(
            f"{sum(reasons.values()):,} of {read:,} rows were left out, most of them ({n:,}) because of: "
            f"{reason}" + (f"; {hint}." if hint else ".")
        )
    if read and duplicates(values) > REPEATED * read:
        found.append(
            f"{duplicates(values):,} of {read:,} rows repeat others: the files hold less than it seems."
        )
    return found


def _about_shape(values: Values) -> list[str]:
    sample, found = part(values, "sample"), []
    n = count(sample, "rows")
    if n and count(sample, "single") > ONE_EXCHANGE * n:
        found.append(
            "Nearly all conversations are one question and one answer, so the bot will not learn to "
            'understand "and on Sunday?". Add some with several turns.'
        )
    if n and count(sample, "too_long") > LONG * n:
        found.append(
            f"{percent(count(sample, 'too_long') / n)} of the conversations are longer than the model's "
            f"context of {count(sample, 'context'):,} tokens and will be cut. Raise context under [model]."
        )
    return found


def _scale(values: Values) -> float:
    """How many conversations one of the sample stands for."""
    sample = part(values, "sample")
    return count(sample, "of") / max(count(sample, "rows"), 1)


def _some(names: list[str], between: str = ", ") -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return between.join(names[:NAMED]) + more


def summary_lines(values: Values) -> list[str]:
    """The short report for the terminal, which then says where the page is."""
    sample, counts = part(values, "sample"), part(values, "counts")
    lines = []
    if changed := part(counts, "changed"):
        named = ", ".join(f"{step} {n:,}" for step, n in changed.items())
        lines.append(f"Conversations that cleaning changed: {named}")
    if redactions := part(counts, "redactions"):
        lines.append(
            f"Placeholders: {', '.join(f'{kind} {n:,}' for kind, n in redactions.items())}"
        )
    before, after = overlap(values, "before"), overlap(values, "after")
    if before is not None and after is not None:
        lines.append(
            f"Training rows like a held-out one: {before:,} had none been left out, {after:,} in this dataset"
        )
    if seen := part(sample, "languages", "by_code"):
        total = sum(seen.values())
        named = ", ".join(
            f"{code or 'unsure'} {percent(n / total)}" for code, n in seen.items() if n > total / 50
        )
        lines.append(f"Languages: {named}")
    if groups := rows(sample, "groups"):
        lines.append(
            "People ask about: " + "; ".join(str(group["name"]) for group in groups[:NAMED])
        )
    if found := warnings_of(values):
        lines.append(f"Before you train on it ({len(found)}):")
        lines += [f"  - {warning}" for warning in found]
    return lines
