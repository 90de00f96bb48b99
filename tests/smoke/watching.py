"""What watches the deployment: its Prometheus and its Alertmanager, in containers of the overlay, with the files that are shipped."""

import json
import os
import pathlib
import urllib.error
import urllib.parse
import urllib.request

from deployment import COMPOSE, PATIENCE, told, until

OVERLAY = pathlib.Path(COMPOSE[COMPOSE.index("-f") + 1]).with_name("docker-compose.observe.yml")
WATCHERS = ("prometheus", "alertmanager")
PROMETHEUS = f"http://127.0.0.1:{os.environ.get('PROMETHEUS_PORT', '9090')}"
ALERTMANAGER = f"http://127.0.0.1:{os.environ.get('ALERTMANAGER_PORT', '9093')}"


def overlay(*arguments):
    return told("compose", [*COMPOSE, "-f", str(OVERLAY), *arguments])


def start():
    """Starts both, and nothing else of the overlay: it stands beside what runs, and changes nothing there. Says which did not run."""
    absent = [name for name in WATCHERS if not overlay("ps", "-q", name).strip()]
    overlay("up", "-d", "--no-deps", *WATCHERS)
    until("Prometheus to answer", lambda: ask("vector(1)"))
    until("Alertmanager to answer", lambda: asked(f"{ALERTMANAGER}/api/v2/status"))
    return absent


def stop(names):
    if names:
        overlay("rm", "--stop", "--force", "-v", *names)


def asked(url):
    """What is answered at a URL; nothing while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return json.load(answer)
    except (OSError, urllib.error.URLError):
        return None


def ask(query):
    """The samples that answer `query` now, as (labels, value)."""
    answer = asked(f"{PROMETHEUS}/api/v1/query?{urllib.parse.urlencode({'query': query})}")
    return [(one["metric"], float(one["value"][1])) for one in answer["data"]["result"]] if answer else []


def rules():
    """Every rule that Prometheus judges by."""
    answer = asked(f"{PROMETHEUS}/api/v1/rules")
    return [rule for group in answer["data"]["groups"] for rule in group["rules"]] if answer else []


def heard(name):
    """The labels of alerts of a name that have come to Alertmanager, each with those who hear of it."""
    alerts = asked(f"{ALERTMANAGER}/api/v2/alerts?active=true") or []
    return [(one["labels"], {who["name"] for who in one["receivers"]}) for one in alerts if one["labels"]["alertname"] == name]
