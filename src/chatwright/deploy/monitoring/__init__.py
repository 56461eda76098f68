"""Files for Prometheus, Alertmanager and Grafana: what to scrape, boards, alerts and what was promised."""

from chatwright.deploy.monitoring.render import Places, files

__all__ = ["Places", "files"]
