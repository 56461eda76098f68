"""chatwright: make, run and keep improving your own chatbot on your own text-generation model."""

import os
import sys
from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("chatwright")
except PackageNotFoundError:  # running from a source tree that was never installed
    __version__ = "0+unknown"

# Nothing is reported to anybody. OpenVINO and NNCF would tell their makers about each conversion;
# without the first module both fall back to a stub, the second is NNCF's own switch.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
os.environ.setdefault("NNCF_CI", "1")

# Threads that wait for each other spin; on a busy machine without end, a training step then took up
# to ten times as long. This bounds it and costs nothing on a quiet one. Read when torch is loaded.
os.environ.setdefault("GOMP_SPINCOUNT", "20000")
