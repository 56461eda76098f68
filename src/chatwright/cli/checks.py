"""What `chatwright doctor` may find, by name: what is looked for, and how it is mended.

`docs/doctor.md` is written from `FAULTS` by `scripts/reference`; a test makes each fault and sees it found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

State = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`fault` is a key of `FAULTS`, also where it was looked for and all is well."""

    state: State
    fault: str
    what: str
    hint: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {"state": self.state, "fault": self.fault, "what": self.what, "hint": self.hint}


def fine(fault: str, what: str) -> Finding:
    return Finding("ok", fault, what)


# name: (what is wrong, what mends it)
FAULTS: dict[str, tuple[str, str]] = {
    "package": (
        "A package is missing that this bot needs (an extra that was not installed).",
        "The line with `pip install` that is shown.",
    ),
    "version": (
        "An installed package (torch, openvino, ...) is not of a version that chatwright works with.",
        "Install the exact versions: `pip install -c constraints.txt 'chatwright[...]'`.",
    ),
    "compiler": ("There is no C++ compiler: training runs uncompiled.", "Install g++ or clang."),
    "page": ("The web page is not built.", "`make web`, or install a released package."),
    "disk": ("The disk of the bot is nearly full.", "Free space, or move the bot's folder."),
    "descriptors": (
        "Too few file descriptors for `[server] connections`.",
        "`ulimit -n 4096`, or LimitNOFILE= of the systemd unit; or lower `[server] connections`.",
    ),
    "memory": (
        "The machine's memory is too small for the model.",
        'A smaller `[model] size`, `[engine] precision = "int8"`, or more memory.',
    ),
    "spec": (
        "There is no bot.toml, or it holds an unknown key or a wrong value.",
        "Correct the key that is named; all keys: configuration.md.",
    ),
    "data": ("There is nothing to learn or answer from.", "`chatwright import FILE --bot BOT`."),
    "secret-missing": (
        "A secret that the bot needs is not in the environment.",
        "Set the variable that is named, for the user that runs the server.",
    ),
    "secret-wrong": (
        "The server's own secret is too short, or readable by others.",
        "Set `CHATWRIGHT_SECRET` to 32 random characters or more; `chmod 600` the file.",
    ),
    "port": (
        "Another program uses the port.",
        "Stop it, or choose another with `[server] port` or `--port`.",
    ),
    "read-only": (
        "The bot's folder cannot be written to.",
        "Mount it writable, and give it to the user that runs the server.",
    ),
    "permissions": (
        "Others of this machine can read people's words or secrets.",
        "`chmod 600` the file that is named.",
    ),
    "address": (
        "The server is open to other machines without https, or proxies and hosts do not fit.",
        "`[server] tls_cert` and `tls_key`, or a proxy in front and `trusted_proxies` with its address.",
    ),
    "certificate": (
        "The TLS certificate has expired, expires within two weeks, or does not fit.",
        "Renew it; a server reads it when it starts.",
    ),
    "release": (
        "The promoted release is not whole: a file is missing or was changed.",
        "`chatwright release rollback`, restore the file, or `chatwright up` for a new one.",
    ),
    "no-release": ("No release is promoted yet.", "`chatwright up BOT`."),
    "calibration": (
        "The deployment has no calibration: it cannot tell how sure it is.",
        "`chatwright evaluate BOT`, then promote.",
    ),
    "index": ("The index is older than the documents.", "`chatwright knowledge sync --bot BOT`."),
    "database-away": (
        "The database cannot be reached, or refuses the login.",
        "Start it; check `DATABASE_URL`, user and password.",
    ),
    "database-old": (
        "The store is of an older version: steps are missing.",
        "`chatwright upgrade BOT`; a server does it when it starts.",
    ),
    "database-newer": (
        "The store was written by a newer chatwright.",
        "Install that version, or go back with it: `chatwright upgrade --back N`.",
    ),
    "database-half": (
        "The store is half upgraded: its tables are not those of its step.",
        "`chatwright upgrade BOT` mends it where nothing can be lost; otherwise restore a backup.",
    ),
    "clock": (
        "Clocks disagree: this machine and the database, or this machine and itself since it booted.",
        "Switch time synchronisation on (chrony, systemd-timesyncd).",
    ),
    "backups": (
        "There is no backup of the store, or the last one is older than a week.",
        "`chatwright backup BOT`, from cron or a systemd timer.",
    ),
    "ephemeral": (
        "The store is a file on a disk that is gone after the next restart.",
        "PostgreSQL (`DATABASE_URL`), or a volume at the bot's folder.",
    ),
    "several": (
        "Several machines use one SQLite file, or it lies on a network disk.",
        "PostgreSQL: `DATABASE_URL=postgresql://user:password@host/name`.",
    ),
    "dead-letters": (
        "Messages of channels could not be delivered and wait for a decision.",
        "`chatwright channel` shows them, and why.",
    ),
    "scheduled": (
        "A scheduled job is overdue: no server does it.",
        "Start a server; its log says why where one runs.",
    ),
    "logs": (
        "The logs grow beyond what is usual.",
        "Lower `[privacy] log_days`, and see what is logged.",
    ),
}
