"""The console's API: what those who look after a bot see and do on the page, a file per subject.

Every route has its line in `server/rules.py`. What it does is done by the floors below; the same verbs
of the command line call the same functions.
"""

from __future__ import annotations

from chatwright.server.console import (
    audit,
    bots,
    channels,
    conversations,
    data,
    guide,
    inbox,
    keys,
    knowledge,
    overview,
    panels,
    people,
    privacy,
    releases,
    settings,
    training,
    widget,
    work,
)

ROUTERS = tuple(
    subject.router
    for subject in (
        bots,
        overview,
        inbox,
        conversations,
        knowledge,
        data,
        training,
        releases,
        panels,
        channels,
        keys,
        people,
        privacy,
        audit,
        settings,
        guide,
        widget,
        work,
    )
)
