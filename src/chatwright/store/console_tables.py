"""Tables of the console (figures over time, invitations), and who does a scheduled job. `migrations.py` makes
them.

Nobody's words stand in them, and no person but by the account that invited. Types are as in `tables.py`; hours
and minutes are whole ones since 1970.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Integer, Table, Text

from chatwright.store.tables import metadata

# What the turns of one hour come to, counted when it was over. A row of the measure "done" says that it was.
figures = Table(
    "figures",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("measure", Text, primary_key=True),
    Column("word", Text, primary_key=True),  # "channel route status" of the measure "turns"
    Column("bucket", Integer, primary_key=True, autoincrement=False),  # of a time; see `figures.py`
    Column("count", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
)

# Replies on /v1, which are counted and not kept.
api_counts = Table(
    "api_counts",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("minute", Integer, primary_key=True, autoincrement=False),  # an hour's first, once old
    Column("status", Text, primary_key=True),
    Column("replies", BigInteger, nullable=False),
    Column("read", BigInteger, nullable=False),  # tokens
    Column("written", BigInteger, nullable=False),
)

samples = Table(
    "samples",
    metadata,
    Column("minute", Integer, primary_key=True, autoincrement=False),
    Column("process", Text, primary_key=True),
    Column("machine", Text, nullable=False),
    Column("cpu", Float, nullable=False),  # share of the machine's cores, 0 to 1
    Column("memory", Float, nullable=False),  # share of the machine's
    Column("resident", BigInteger, nullable=False),  # bytes of the process and of its children
    Column("gpu", Float),  # share of its time; null: there is none
    Column("gpu_memory", Float),  # share of its memory
    Column("running", Integer, nullable=False),  # replies that were being made
    Column("disk", Float, nullable=False),  # share of the bot's disk that is used
)

invitations = Table(
    "invitations",
    metadata,
    Column("digest", Text, primary_key=True),  # keyed hash of the link's token
    Column("id", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("author", Text, nullable=False),  # "account:..."
    Column("created_at", Text, nullable=False),
    Column("ends", Float, nullable=False),  # by the store's clock
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),  # of a job
    Column("holder", Text),  # a process; null: nobody
    Column("fence", BigInteger, nullable=False),  # grows each time that the holder changes
    Column("until", Float, nullable=False),  # by the database's clock
    Column("done", Float, nullable=False),  # when the job ended last; 0: never
)
