"""Places that messages come from besides the page: how each is verified, read and answered.

    channel.py    what a vendor's file implements, and the errors whose meaning the outbox acts upon
    calls.py      one HTTP caller for all of them
    known.py      the kinds of channels, and how bot.toml makes one

No channel decides what is answered: it brings events in and texts out.
"""
