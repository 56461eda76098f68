"""The command line: parse, call, show. `main` is the installed script; each verb is a module.

Exit codes: 0 done, 1 failed, 2 wrong use. Errors are one sentence and a next step; `--debug` anywhere
on the line adds the traceback.
"""

from chatwright.cli.verbs import app, main

__all__ = ["app", "main"]
