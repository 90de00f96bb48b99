"""A real Prometheus under the deployment's own configuration and rules; what it scrapes is a server of the tests' own."""

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

import yaml

from contract import ROOT
from server import free_ports

DEPLOYED = ROOT / "deploy/prometheus"
RULES = DEPLOYED / "rules"


def missing():
    """Why it cannot be tried here; nothing where it can."""
    return None if shutil.which("prometheus") and shutil.which("promtool") else "prometheus is not installed (tests/setup)"


def settings(server):
    """What is deployed, but that it looks every second, that its files lie elsewhere, that nobody hears its alerts, and that each name
    which it would look up is `server`, by the label under which the look-up would tell it."""
    told = yaml.safe_load((DEPLOYED / "prometheus.yml").read_text())
    told["global"] = {name: "1s" for name in told["global"]}
    told["rule_files"] = [file.replace("/etc/prometheus", str(DEPLOYED)) for file in told["rule_files"]]
    del told["alerting"]
    told["scrape_configs"] = [job for job in told["scrape_configs"] if job["job_name"] == "redress"]
    (job,) = told["scrape_configs"]
    (found,) = job.pop("dns_sd_configs")
    address = server.admin.removeprefix("http://")
    job["static_configs"] = [{"targets": [address], "labels": {"__meta_dns_name": name}} for name in found["names"]]
    return told


class Prometheus:
    """Scrapes `server` every second, as each process of the deployment: it is all of them."""

    def __init__(self, server):
        self.folder = tempfile.TemporaryDirectory(prefix="redress-prometheus-")
        home = pathlib.Path(self.folder.name)
        (port,) = free_ports(1)
        self.address = f"http://127.0.0.1:{port}"
        (home / "prometheus.yml").write_text(json.dumps(settings(server)))
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
            # It answers before it is ready, and says no more than that.
            if error.code == 503:
                return []
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
