"""`chatwright channel simulate`, as a process."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys

import httpx
from typer.testing import CliRunner

from chatwright.cli.channel import app
from chatwright.cli.simulating import told

CODE = "import sys; from chatwright.cli import main; sys.exit(main())"


def test_it_starts_says_what_to_set_and_ends_on_a_signal() -> None:
    command = [sys.executable, "-c", CODE, "channel", "simulate", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None and process.stderr is not None
            shown = json.loads(process.stdout.readline())
            rules = httpx.get(f"{shown['origin']}/control").json()["telegram"]["rules"]
            assert rules["url"] == "http://127.0.0.1:8000/channels/telegram"
            process.send_signal(signal.SIGTERM)
            process.wait(20)
            assert b"Traceback" not in process.stderr.read()
        finally:
            process.kill()
    text = told(shown["origin"], shown["vendors"])
    assert "export SLACK_SIGNING_SECRET=" in text
    assert "[channels.whatsapp]" in text


def test_a_port_that_is_taken_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(app, ["simulate", "--port", str(taken.getsockname()[1])])
    assert "cannot be used" in str(result.exception)
