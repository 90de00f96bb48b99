#!/usr/bin/env python3
"""Writes the dashboards: deploy/grafana/build.py [--check]

A dashboard is a list of rows of panels; everything Grafana needs besides is the same for all and stands here once. `--check`
changes nothing and fails when a file is not what this would write.
"""

import json
import pathlib
import sys

from boards import BOARDS

HERE = pathlib.Path(__file__).parent
# Where the runbook is published is a constant of the dashboard.
RUNBOOK = "${runbook}"
WIDTH = 24

QUERIES = {
    "process": "label_values(redress_ready, process)",
    "service": "label_values(redress_journal_entries, service)",
    "rpc": "label_values(rpc_server_call_duration_seconds_count{process=~\"$process\"}, rpc_method)",
}


def variable(name):
    """A choice at the top of a dashboard; `datasource` is the one every query goes to."""
    if name == "datasource":
        return {
            "name": name, "label": "Data source", "type": "datasource", "query": "prometheus", "hide": 0,
            "current": {"text": "Prometheus", "value": "prometheus"}, "includeAll": False, "multi": False, "regex": "",
        }
    if name == "runbook":
        return {
            "name": name, "label": "Runbook", "type": "constant", "query": "https://redress.invalid/docs/runbook.md", "hide": 2,
            "skipUrlSync": True, "current": {"text": "", "value": "https://redress.invalid/docs/runbook.md"},
        }
    return {
        "name": name, "label": name.capitalize(), "type": "query", "datasource": source(), "hide": 0, "refresh": 2, "sort": 1,
        "definition": QUERIES[name], "query": {"query": QUERIES[name], "refId": name}, "includeAll": True, "multi": True,
        "allValue": ".*", "current": {"text": ["All"], "value": ["$__all"]}, "regex": "", "skipUrlSync": False,
    }


def source():
    return {"type": "prometheus", "uid": "${datasource}"}


def targets(panel):
    kind = panel["type"]
    instant = kind in ("stat", "table", "bargauge")
    return [
        {
            "refId": chr(ord("A") + index), "datasource": source(), "expr": expr, "legendFormat": legend,
            "instant": instant, "range": not instant, "format": "table" if kind == "table" else "time_series",
        }
        for index, (expr, legend) in enumerate(panel["queries"])
    ]


def drawn(panel, number, place):
    """A panel as Grafana's classic schema has it."""
    kind = panel["type"]
    defaults = {"unit": panel["unit"], "min": 0, "color": {"mode": "palette-classic"}, "custom": {}}
    if kind == "timeseries":
        defaults["custom"] = {"lineWidth": 2, "fillOpacity": panel.get("fill", 0), "showPoints": "never", "spanNulls": 60000,
                              "stacking": {"mode": "normal" if panel.get("stacked") else "none", "group": "A"}}
    if "steps" in panel:
        defaults["color"] = {"mode": "thresholds"}
        defaults["thresholds"] = {"mode": "absolute", "steps": [{"color": color, "value": value} for value, color in panel["steps"]]}
    options = {
        "timeseries": {"legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
                       "tooltip": {"mode": "multi", "sort": "desc"}},
        "stat": {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False}, "colorMode": "background",
                 "graphMode": "none", "textMode": "value_and_name", "justifyMode": "auto", "orientation": "auto"},
        "bargauge": {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False}, "orientation": "horizontal",
                     "displayMode": "basic", "showUnfilled": True},
        "table": {"showHeader": True, "footer": {"show": False}},
    }[kind]
    return {
        "id": number, "title": panel["title"], "description": panel["description"], "type": kind, "datasource": source(),
        "gridPos": place, "targets": targets(panel), "options": options, "fieldConfig": {"defaults": defaults, "overrides": []},
        "links": [{"title": f"Runbook: {alert}", "url": f"{RUNBOOK}#{alert.lower()}", "targetBlank": True}
                  for alert in panel.get("alerts", [])],
    }


def dashboard(board):
    panels, number, y = [], 1, 0
    for title, row in board["rows"]:
        panels.append({"id": number, "type": "row", "title": title, "collapsed": False, "panels": [],
                       "gridPos": {"h": 1, "w": WIDTH, "x": 0, "y": y}})
        number, y, x = number + 1, y + 1, 0
        height = max(panel.get("height", 8) for panel in row)
        for panel in row:
            wide = panel.get("width", WIDTH // len(row))
            panels.append(drawn(panel, number, {"h": height, "w": wide, "x": x, "y": y}))
            number, x = number + 1, x + wide
        y += height
    return {
        "uid": board["uid"], "title": board["title"], "description": board["description"], "tags": ["redress"],
        "schemaVersion": 39, "version": 1, "editable": False, "graphTooltip": 1, "timezone": "Europe/London",
        "refresh": "30s", "time": {"from": board.get("from", "now-6h"), "to": "now"}, "weekStart": "monday",
        "annotations": {"list": []}, "links": [
            {"type": "dashboards", "title": "Redress", "tags": ["redress"], "asDropdown": True, "includeVars": True, "keepTime": True},
            {"type": "link", "title": "Runbook", "url": RUNBOOK, "targetBlank": True},
        ],
        "templating": {"list": [variable(name) for name in ["datasource", "runbook", *board["variables"]]]},
        "panels": panels,
    }


def main():
    wrong = []
    for board in BOARDS:
        file = HERE / "dashboards" / f"{board['uid']}.json"
        text = json.dumps(dashboard(board), indent=2) + "\n"
        if "--check" not in sys.argv:
            file.write_text(text)
        elif not file.is_file() or file.read_text() != text:
            wrong.append(file.name)
    if wrong:
        sys.exit(f"not what build.py writes: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
