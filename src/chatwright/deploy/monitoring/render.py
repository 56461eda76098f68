"""The files, as text by name, for one bot and the places where its parts run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib.resources import files as resources

from jinja2 import Environment, StrictUndefined

from chatwright.deploy.monitoring import slo
from chatwright.deploy.monitoring.boards import BOARDS
from chatwright.spec import Spec

RUNBOOKS = "runbooks.md"  # is one of the files
TEMPLATES = {
    "prometheus.yml": "prometheus.yml",
    "rules/chatwright.yml": "chatwright.yml",
    "alertmanager.yml": "alertmanager.yml",
    "grafana/provisioning/datasources/chatwright.yml": "datasource.yml",
    "grafana/provisioning/dashboards/chatwright.yml": "dashboards.yml",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are, as those see them that need to reach them."""

    targets: tuple[str, ...] = ("127.0.0.1:8000",)  # servers
    scheme: str = "http"
    key_file: str = "chatwright.key"  # holds an API key with the scope `admin`
    prometheus: str = "http://127.0.0.1:9090"
    alertmanager: str = "127.0.0.1:9093"
    dashboards: str = "/var/lib/grafana/dashboards/chatwright"  # where Grafana finds the boards


def files(spec: Spec, places: Places | None = None) -> dict[str, str]:
    """Each file's text by its path below the folder that they are written to."""
    where = places or Places()
    runbooks = spec.monitoring.runbooks or RUNBOOKS
    # Prometheus has {{ }} of its own.
    made = Environment(
        variable_start_string="<<",
        variable_end_string=">>",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # YAML, from our own templates
    )
    targets = ", ".join(json.dumps(one) for one in where.targets)
    values = asdict(where) | {"targets": targets, "runbooks": runbooks}
    found = {
        name: made.from_string(_resource(f"templates/{template}")).render(values)
        for name, template in TEMPLATES.items()
    }
    found["rules/slo.yml"] = slo.rules(spec, runbooks)
    found[RUNBOOKS] = _resource(RUNBOOKS)
    for board in BOARDS:
        text = json.dumps(board.json(), indent=2)
        found[f"grafana/dashboards/{board.name}.json"] = f"{text}\n"
    return found


def _resource(name: str) -> str:
    return resources("chatwright.deploy.monitoring").joinpath(name).read_text("utf-8")
