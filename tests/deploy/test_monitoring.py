"""Boards, alerts and what they speak of: figures that there are, alerts that fire and clear, runbooks."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from tests.deploy.monitored import known_figures
from tests.deploy.rule_cases import ALERTS, PROMISED, Case, burning, unit_test

from chatwright.deploy.monitoring import Places, files
from chatwright.deploy.monitoring.boards import BOARDS
from chatwright.deploy.monitoring.panels import WIDE
from chatwright.deploy.monitoring.slo import BURNS, MOST, WINDOWS, promises
from chatwright.spec import Spec

DOCS = Path(__file__).resolve().parents[2] / "docs"
NAMES = re.compile(r"(?:(?:vllm|chatwright):|(?:chatwright|http|process)_)\w+")
LABELS = {"process_id"}
RECORDED = {f"chatwright:slo_burn:{one}" for one in WINDOWS} | {
    f"chatwright:slo_events:{burn.long}" for burn in BURNS
}


def named(expression: str) -> set[str]:
    """The figures that an expression asks for."""
    bare = re.sub(r'"[^"]*"', '""', expression)
    found = set(re.findall(r"(?:vllm:|chatwright:|chatwright_|http_requests|process_)[\w:]*", bare))
    return found - {"process_id"}


def rules(found: dict[str, str]) -> list[dict[str, Any]]:
    texts = [text for name, text in found.items() if name.startswith("rules/")]
    return [
        rule
        for text in texts
        for group in yaml.safe_load(text)["groups"]
        for rule in group["rules"]
    ]


@pytest.fixture
def made(spec: Spec) -> dict[str, str]:
    return files(spec)


# --- what they speak of ------------------------------------------------------------------------------


def test_boards_ask_for_figures_that_there_are(app: FastAPI) -> None:
    known = known_figures(app) | RECORDED
    asked = {
        name
        for board in BOARDS
        for _, panels in board.rows
        for panel in panels
        for expression, _ in panel.queries
        for name in named(expression)
    }
    assert asked - known == set()
    assert len(asked) > 50


def test_rules_ask_for_figures_that_there_are(app: FastAPI, made: dict[str, str]) -> None:
    known = known_figures(app) | RECORDED
    asked = {name for rule in rules(made) for name in named(rule["expr"])}
    assert asked - known == set()
    assert {rule["record"] for rule in rules(made) if "record" in rule} == RECORDED


def test_every_figure_is_described_and_shown_somewhere(app: FastAPI, made: dict[str, str]) -> None:
    text = (DOCS / "monitoring.md").read_text()
    shown = "\n".join(made.values())
    for name in known_figures(app, bases=True):
        family = re.sub(r"_(total|info)$", "", name)
        if family.startswith(("chatwright_", "vllm:", "http_")):
            prefix = re.match(r"(chatwright_(?:canary|drift|improve))_", family)
            described = f"{prefix[1]}_*" if prefix and f"{prefix[1]}_*" in text else family
            assert described in text or family in text, f"{family} is not in docs/monitoring.md"
            assert family in shown or family in NOT_SHOWN, f"{family} is on no board and in no rule"


NOT_SHOWN = {"chatwright_improve_last_run_timestamp_seconds"}


def test_every_alert_has_a_runbook_and_a_case(made: dict[str, str]) -> None:
    alerts = {rule["alert"]: rule for rule in rules(made) if "alert" in rule}
    sections = re.findall(r"^## (\w+)$", (DOCS / "runbooks.md").read_text(), re.MULTILINE)
    assert sorted(sections) == sorted(alerts)
    assert {case.alert for case in ALERTS} | {name for name, _ in PROMISED.values()} == set(alerts)
    for name, rule in alerts.items():
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["runbook_url"] == f"runbooks.md#{name.lower()}"


def test_runbooks_may_lie_elsewhere(spec: Spec) -> None:
    there = spec.monitoring.model_copy(update={"runbooks": "https://wiki.example.org/bot"})
    found = rules(files(spec.model_copy(update={"monitoring": there})))
    addresses = [rule["annotations"]["runbook_url"] for rule in found if "alert" in rule]
    assert all(one.startswith("https://wiki.example.org/bot#chatwright") for one in addresses)


def test_what_is_promised_is_what_is_watched(spec: Spec) -> None:
    slo = spec.slo.model_copy(
        update={"availability": 0.99, "first_token_seconds": 0.5, "answered": 0.5}
    )
    known = {one.slo: one for one in promises(spec.model_copy(update={"slo": slo}))}
    assert known["availability"].budget == pytest.approx(0.01)
    assert 'le="0.5"' in known["first_token"].bad
    text = files(spec.model_copy(update={"slo": slo}))["rules/slo.yml"]
    assert f'{{slo=\\"answered\\"}} > {MOST / 0.5:g} and' in text  # never above all of them


@pytest.mark.parametrize(
    "wrong", [{"availability": 1}, {"first_token_seconds": 2}, {"answered": 0}]
)
def test_a_promise_that_cannot_be_counted_is_refused(spec: Spec, wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Spec.model_validate(spec.model_dump() | {"folder": spec.folder, "slo": wrong})


# --- boards ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
def test_a_board_is_as_grafana_takes_it(board: Any) -> None:
    """Ids are once there, nothing overlaps, every query has a source. Grafana itself is not asked."""
    values = json.loads(json.dumps(board.json()))
    panels = values["panels"]
    assert len({one["id"] for one in panels}) == len(panels)
    taken: set[tuple[int, int]] = set()
    for one in panels:
        place = one["gridPos"]
        assert place["x"] + place["w"] <= WIDE
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, one["title"]
        taken |= cells
        if one["type"] == "row":
            continue
        assert one["title"]
        assert one["targets"]
        for target in one["targets"]:
            assert target["datasource"]["uid"] == "${source}"
            assert target["instant"] != target["range"]
        steps = one["fieldConfig"]["defaults"]["thresholds"]["steps"]
        assert steps[0]["value"] is None
        assert [s["value"] for s in steps[1:]] == sorted(s["value"] for s in steps[1:])
    variables = [one["name"] for one in values["templating"]["list"]]
    assert variables == ["source", "model"]
    used = set(re.findall(r"\$\{?(\w+)", json.dumps([p.get("targets") for p in panels])))
    assert used <= {*variables, "__rate_interval"}


def test_boards_differ() -> None:
    assert len({board.name for board in BOARDS}) == len(BOARDS) == 5
    for board in BOARDS:
        titles = [panel.title for _, panels in board.rows for panel in panels]
        assert len(set(titles)) == len(titles)


def test_the_other_files_are_yaml_and_say_where(spec: Spec) -> None:
    where = Places(
        ("bot:8000", "bot2:8000"), "https", "/run/secrets/key", "http://p:9090", "a:9093"
    )
    found = files(spec, where)
    (scrape,) = yaml.safe_load(found["prometheus.yml"])["scrape_configs"]
    assert scrape["static_configs"] == [{"targets": ["bot:8000", "bot2:8000"]}]
    assert (scrape["scheme"], scrape["job_name"]) == ("https", "chatwright")
    assert scrape["authorization"] == {"credentials_file": "/run/secrets/key"}
    source = yaml.safe_load(found["grafana/provisioning/datasources/chatwright.yml"])
    assert source["datasources"][0]["url"] == "http://p:9090"
    assert yaml.safe_load(found["alertmanager.yml"])["route"]["receiver"] == "tickets"


# --- promtool ----------------------------------------------------------------------------------------


@pytest.fixture
def rule_files(made: dict[str, str], tmp_path: Path) -> dict[str, Path]:
    if shutil.which("promtool") is None:
        pytest.skip("Prometheus is not installed (Debian: apt-get install prometheus)")
    for name, text in made.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "chatwright.key").write_text("sk")
    return {name: tmp_path / name for name in made}


def promtool(*arguments: str) -> str:
    done = subprocess.run(["promtool", *arguments], capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def test_promtool_takes_them(rule_files: dict[str, Path]) -> None:
    promtool("check", "config", str(rule_files["prometheus.yml"]))


def run_rules(path: Path, rule: Path, every: str, cases: list[dict[str, Any]]) -> None:
    values = {"rule_files": [str(rule)], "evaluation_interval": every, "tests": cases}
    path.write_text(json.dumps(values))  # JSON is YAML
    assert "SUCCESS" in promtool("test", "rules", str(path))


def test_each_alert_fires_and_clears(rule_files: dict[str, Path], tmp_path: Path) -> None:
    cases = [unit_test(case) for case in ALERTS]
    run_rules(tmp_path / "test.yml", rule_files["rules/chatwright.yml"], "5m", cases)


def test_nothing_fires_when_all_is_well(rule_files: dict[str, Path], tmp_path: Path) -> None:
    """The good end of every case, all together, from its start."""
    series = {name: values.split()[-1] for case in ALERTS for name, values in case.series.items()}
    series = {name: re.sub(r"^[\d.]+\+", "0+", values) for name, values in series.items()}
    found = {"interval": "1m", "input_series": [], "promql_expr_test": []}
    found["input_series"] = [{"series": name, "values": text} for name, text in series.items()]
    found["promql_expr_test"] = [
        {
            "expr": 'count(ALERTS{alertstate="firing"}) or vector(0)',
            "eval_time": "55m",
            "exp_samples": [{"labels": "{}", "value": 0}],
        }
    ]
    run_rules(tmp_path / "test.yml", rule_files["rules/chatwright.yml"], "5m", [found])


LASTS = {"1h": (70, 30, 1), "6h": (420, 60, 5), "1d": (1560, 240, 15), "3d": (4800, 480, 15)}


@pytest.mark.parametrize("window", LASTS)
def test_a_burning_budget_is_told_and_ends(
    rule_files: dict[str, Path], tmp_path: Path, spec: Spec, window: str
) -> None:
    """A little faster than it may: the alert fires. It clears when its short window is good."""
    burn = next(one for one in BURNS if one.long == window)
    bad, good, step = LASTS[window]  # minutes
    found: dict[str, Any] = {"interval": f"{step}m", "input_series": [], "promql_expr_test": []}
    for promise in promises(spec):
        share = 1.05 * promise.budget * min(burn.factor, MOST / promise.budget)
        series = burning(promise.slo, share, bad, good, step)
        case = Case(PROMISED[promise.slo][0], series, {}, bad - step, bad + good - step)
        for key, rows in unit_test(case, f'window="{window}"').items():
            if key in ("input_series", "promql_expr_test"):
                found[key] += rows
    run_rules(tmp_path / "test.yml", rule_files["rules/slo.yml"], f"{step}m", [found])


def test_few_events_alarm_nobody(rule_files: dict[str, Path], tmp_path: Path, spec: Spec) -> None:
    """Ten replies in an hour, all of them bad."""
    found: dict[str, Any] = {"interval": "1m", "input_series": [], "promql_expr_test": []}
    for promise in promises(spec):
        series = burning(promise.slo, 1.0, 70, 5)
        slow = {name: values.replace("0+60x70", "0+0.16x70") for name, values in series.items()}
        case = unit_test(Case(PROMISED[promise.slo][0], slow, {}, 65, 65))
        found["input_series"] += case["input_series"]
        found["promql_expr_test"] += case["promql_expr_test"][1:]  # the second one: nothing fires
    run_rules(tmp_path / "test.yml", rule_files["rules/slo.yml"], "1m", [found])
