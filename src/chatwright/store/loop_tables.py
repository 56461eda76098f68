"""The tables of the loop: the review queue, panels, candidates and testers. `migrations.py` makes them.

Apart from `tables.py` for its length alone; types and times are as there.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Float, Integer, Table, Text

from chatwright.store.tables import metadata

# --- the review queue -----------------------------------------------------------------------------

reviews = Table(
    "reviews",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bot", Text, nullable=False),
    Column("message_id", Text, nullable=False),  # the reply; what was decided outlives it
    Column("conversation_id", Text, nullable=False),
    Column("owner", Text, nullable=False),  # of the conversation
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),  # grows with every change
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("decided_at", Text),
    Column("trained", Integer, nullable=False),  # 1: training takes it
    Column("content", JSON(none_as_null=True)),  # what was decided
)

review_cases = Table(
    "review_cases",
    metadata,
    Column("id", Text, primary_key=True),  # as in the file of cases
    Column("review_id", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("held", Integer, nullable=False),  # 1: never trained on
    Column("origin", Text, nullable=False),  # the message in whose words it is asked
    Column("owner", Text, nullable=False),
)

review_steps = Table(
    "review_steps",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bot", Text, nullable=False),
    Column("review_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)

# --- people who compare answers -------------------------------------------------------------------

panels = Table(
    "panels",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bot", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),  # "pairs" or "ratings"
    Column("instructions", Text, nullable=False),
    Column("contestants", JSON, nullable=False),  # names; what each is, for the owner's eyes
    Column("seed", BigInteger, nullable=False),
    Column("per_rater", Integer, nullable=False),  # how many places a rater has
    Column("controls", Integer, nullable=False),  # of these: with a known answer
    Column("repeats", Integer, nullable=False),  # of these: seen before by the same rater
    Column("notes", JSON, nullable=False),  # what was counted when it was made
    Column("created_at", Text, nullable=False),
    Column("closed_at", Text),
)

panel_items = Table(
    "panel_items",
    metadata,
    Column("id", Text, primary_key=True),
    Column("panel_id", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("history", JSON, nullable=False),  # [{"role", "content"}...] before the question
    Column("answers", JSON, nullable=False),  # [{"contestant", "text"}...]: two, or one
    Column("control", Integer, nullable=False),  # 1: the first answer is right, the second is not
    Column("topic", Text, nullable=False),
    Column("origin", Text),  # the message it was asked in; the item goes with it
    Column("owner", Text),  # whose message that was
)

panel_raters = Table(
    "panel_raters",
    metadata,
    Column("id", Text, primary_key=True),
    Column("panel_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("person", Text),  # an owner of conversations, where the rater is one
    Column("prefix", Text, nullable=False),  # of the token: what is shown of it, and looked up
    Column("digest", Text, nullable=False),  # SHA-256 of the whole
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text),
    Column("revoked_at", Text),
)

panel_votes = Table(
    "panel_votes",
    metadata,
    Column("rater_id", Text, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),  # in the rater's order, from 1
    Column("item_id", Text, nullable=False),
    Column("repeated", Integer, nullable=False),  # 1: the rater had this item before
    Column("swapped", Integer, nullable=False),  # 1: the second answer was shown first
    Column("shown_at", Text, nullable=False),
    Column("voted_at", Text),  # null: shown, and not answered yet
    Column("choice", Text),  # as it was shown: "left", "right", "tie", "bad"
    Column("score", Integer),  # 1 to 5
    Column("comment", Text, nullable=False),
    Column("seconds", Float),
)

panel_judgements = Table(
    "panel_judgements",
    metadata,
    Column("item_id", Text, primary_key=True),
    Column("model", Text, primary_key=True),
    Column("forward", Text, nullable=False),  # "first", "second", "tie" or "none": in this order
    Column("backward", Text, nullable=False),  # the same with the two in the other order
    Column("reason", Text, nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
    Column("at", Text, nullable=False),
)

# --- a candidate beside what is served ------------------------------------------------------------

canaries = Table(
    "canaries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bot", Text, nullable=False),
    Column("release", Text, nullable=False),  # the candidate
    Column("deployment", Text, nullable=False),  # of it, as it would be promoted
    Column("calibration", Text),
    Column("against", Text, nullable=False),  # the release that was served when it began
    Column("salt", Text, nullable=False),  # keys the hash that gives everybody their arm
    Column(
        "steps", JSON, nullable=False
    ),  # [{"share": 0.05, "since": "..."}], the last one in force
    Column("settings", JSON, nullable=False),  # rules and baseline, fixed at the start
    Column("author", Text, nullable=False),
    Column("began", Text, nullable=False),
    Column("ended", Text),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

staging_links = Table(
    "staging_links",
    metadata,
    Column("id", Text, primary_key=True),
    Column("bot", Text, nullable=False),
    Column("release", Text, nullable=False),
    Column("deployment", Text, nullable=False),
    Column("calibration", Text),
    Column("digest", Text, nullable=False),  # SHA-256 of the link's secret
    Column("tasks", JSON, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("revoked_at", Text),
)

staging_ticks = Table(
    "staging_ticks",
    metadata,
    Column("link", Text, primary_key=True),
    Column("owner", Text, primary_key=True),
    Column("task", Integer, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    Column("at", Text, nullable=False),
)
