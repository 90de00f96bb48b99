"""A real Prometheus that scrapes a server of the tests' own, under the rules of the deployment."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

from contract import ROOT
from server import free_ports

RULES = ROOT / "deploy/prometheus/rules"


def missing():
    """Why it cannot be tried here; nothing where it can."""
    return None if shutil.which("prometheus") and shutil.which("promtool") else "prometheus is not installed (tests/setup)"


class Prometheus:
    """Scrapes `server` every second, as the process that `name` says."""

    def __init__(self, server, name):
        self.folder = tempfile.TemporaryDirectory(prefix="redress-prometheus-")
        home = pathlib.Path(self.folder.name)
        (port,) = free_ports(1)
        self.address = f"http://127.0.0.1:{port}"
        config = {
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
            "rule_files": [str(RULES / "*.yml")],
            "scrape_configs": [{
                "job_name": "redress",
                "static_configs": [{"targets": [server.admin.removeprefix("http://")], "labels": {"process": name}}],
            }],
        }
        (home / "prometheus.yml").write_text(json.dumps(config))
        self.log = home / "prometheus.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                ["prometheus", f"--config.file={home}/prometheus.yml", f"--storage.tsdb.path={home}/data",
                 f"--web.listen-address={self.address.removeprefix('http://')}"],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, env={"PATH": os.environ["PATH"]},
            )
        self.until("Prometheus to answer", lambda: self.ask("vector(1)"))

    def ask(self, query):
        """The samples that answer `query` now, as (labels, value); an error of Prometheus is raised."""
        url = f"{self.address}/api/v1/query?{urllib.parse.urlencode({'query': query})}"
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                data = json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise ValueError(json.load(error)["error"]) from error
        except OSError:
            return []
        if data["resultType"] == "scalar":
            return [({}, float(data["result"][1]))]
        return [(sample["metric"], float(sample["value"][1])) for sample in data["result"]]

    def until(self, what, condition, patience=60):
        """Waits until something holds, and fails with the log when it does not come to hold."""
        until = time.monotonic() + patience
        while time.monotonic() < until and self.process.poll() is None:
            if condition():
                return
            time.sleep(0.2)
        raise AssertionError(f"waited in vain for {what}:\n{self.log.read_text()[-4000:]}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.folder.cleanup()
