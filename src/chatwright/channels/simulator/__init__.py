"""Plays the vendors of channels on one's own machine: Slack, WhatsApp, Messenger, Telegram, and any webhook.

    rules.py       how a vendor behaves: duplicates, order, errors, limits, windows
    world.py       people, chats, messages; one seed and one clock
    vendor.py      what every vendor can do
    delivery.py    brings events to the bot's server, again and again
    slack*.py graph.py whatsapp.py messenger.py telegram.py generic.py
    control.py     what a test or a person can make happen, and ask
    app.py         all of it as one ASGI app

It has the shapes, signatures, limits and errors that the vendors document. It is no proof of how they behave.
"""

from chatwright.channels.simulator.app import Simulator
from chatwright.channels.simulator.rules import Rules

__all__ = ["Rules", "Simulator"]
