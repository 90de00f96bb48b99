"""The files of the deployment before the programs that will read them. Whether it runs is tried with containers, in `tests/smoke`."""

import json
import pathlib
import shutil
import subprocess
import sys
import unittest
import urllib.parse

import yaml

from contract import ROOT

DEPLOY = ROOT / "deploy"
SERVICES = {"complaints", "ice-liaison", "routing", "records-retention"}
SUITE, WATCHED = ["docker-compose.yml"], ["docker-compose.yml", "docker-compose.observe.yml"]
# Compose of today comes with the tests; the one before it is tried where it is installed.
TODAY, BEFORE = str(pathlib.Path(sys.executable).parent / "docker-compose"), shutil.which("docker-compose", path="/usr/bin:/usr/local/bin")


def told(*command):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, f"{' '.join(map(str, command))}:\n{done.stdout}{done.stderr}"
    return done.stdout


def read(program, files, *arguments):
    return told(program, *(f"--file={DEPLOY / file}" for file in files), *arguments)


def port_of(endpoint):
    return int(endpoint.rpartition(":")[2])


def address_in(url):
    return urllib.parse.urlsplit(url).netloc


class Compose(unittest.TestCase):
    def test_both_composes_read_the_suite_and_what_watches_it(self):
        for program in filter(None, (TODAY, BEFORE)):
            for files in (SUITE, WATCHED):
                with self.subTest(program=program, files=files):
                    read(program, files, "config", "--quiet")

    def test_what_watches_changes_nothing_but_traces(self):
        resolved = [json.loads(read(TODAY, files, "config", "--format=json"))["services"] for files in (SUITE, WATCHED)]
        alone, watched = resolved
        for service in SERVICES:
            before, after = dict(alone[service]), dict(watched[service])
            self.assertEqual(set(after["networks"]) - set(before["networks"]), {"watch"})
            more = after["environment"].items() - before["environment"].items()
            self.assertEqual({name for name, _ in more}, {"OTEL_EXPORTER_OTLP_ENDPOINT", "REDRESS_TELEMETRY_SAMPLED_PER_THOUSAND"})
            for one in (before, after):
                del one["networks"], one["environment"]
            self.assertEqual(before, after)

    def test_every_container_of_a_service_can_do_little_and_only_the_gateway_is_reached(self):
        services = json.loads(read(TODAY, SUITE, "--profile=backup", "--profile=restore", "config", "--format=json"))["services"]
        for service in SERVICES:
            for name in (service, *(f"{service}-{job}" for job in ("migrate", "backup", "restore"))):
                one = services[name]
                self.assertTrue(one["read_only"], name)
                self.assertEqual((one["cap_drop"], one["security_opt"]), (["ALL"], ["no-new-privileges:true"]), name)
                self.assertTrue(int(one["mem_limit"]) and one["pids_limit"], name)
                self.assertNotIn("ports", one, name)
                for mount in one["volumes"]:
                    mine = mount["source"].startswith((service, "backups", "key-backups", str(DEPLOY / "secrets" / service)))
                    self.assertTrue(mine or mount["source"] == str(DEPLOY / "secrets/issuer.jwks"), f"{name} sees {mount['source']}")
        for name, one in services.items():
            self.assertEqual((one["cap_drop"], one["security_opt"]), (["ALL"], ["no-new-privileges:true"]), name)
            self.assertTrue(int(one["mem_limit"]) and one["pids_limit"] and one["logging"]["options"]["max-size"], name)
        published = [port for port in services["gateway"]["ports"]]
        self.assertEqual({port["host_ip"] for port in published}, {"127.0.0.1"})
        self.assertEqual({name for name, one in services.items() if one.get("ports")}, {"gateway"})


class Watching(unittest.TestCase):
    """Where no image of a program can be had, its file is at least one that fits the others: whom each part calls is there, where it
    listens, on a network of both."""

    @classmethod
    def setUpClass(cls):
        cls.services = json.loads(read(TODAY, WATCHED, "config", "--format=json"))["services"]
        paths = ("otel/collector.yml", "tempo/tempo.yml", "prometheus/prometheus.yml", "grafana/provisioning/datasources/sources.yml")
        cls.collector, cls.tempo, cls.prometheus, cls.grafana = (yaml.safe_load((DEPLOY / path).read_text()) for path in paths)

    def finds(self, caller, address, port):
        """That `caller` reaches who listens on `port`, by the address that it is told."""
        host, _, told_port = address.rpartition(":")
        self.assertEqual(int(told_port), port, f"{caller} calls {address}")
        self.assertTrue(set(self.services[caller]["networks"]) & set(self.services[host]["networks"]), f"{caller} cannot reach {host}")

    def test_spans_go_from_the_services_to_the_store_and_to_who_looks_at_them(self):
        received = port_of(self.collector["receivers"]["otlp"]["protocols"]["grpc"]["endpoint"])
        for service in SERVICES:
            self.finds(service, address_in(self.services[service]["environment"]["OTEL_EXPORTER_OTLP_ENDPOINT"]), received)
        (pipeline,) = self.collector["service"]["pipelines"].values()
        for kind, names in pipeline.items():
            self.assertEqual(set(names), set(self.collector[kind]), f"{kind} that are defined and not used, or used and not defined")
        self.assertEqual(pipeline["processors"][0], "memory_limiter", "what has no room must be turned away first")
        stored = port_of(self.tempo["distributor"]["receivers"]["otlp"]["protocols"]["grpc"]["endpoint"])
        self.finds("collector", self.collector["exporters"]["otlp/tempo"]["endpoint"], stored)

    def test_grafana_finds_its_sources_and_prometheus_what_it_scrapes_and_tells(self):
        sources = {source["type"]: address_in(source["url"]) for source in self.grafana["datasources"]}
        self.finds("grafana", sources["tempo"], self.tempo["server"]["http_listen_port"])
        self.finds("grafana", sources["prometheus"], self.services["prometheus"]["ports"][0]["target"])
        (told,) = self.prometheus["alerting"]["alertmanagers"]
        self.finds("prometheus", told["static_configs"][0]["targets"][0], self.services["alertmanager"]["ports"][0]["target"])
        found = self.prometheus["scrape_configs"][0]["dns_sd_configs"][0]
        self.assertEqual(set(found["names"]), SERVICES)
        for service in SERVICES:
            self.finds("prometheus", f"{service}:{found['port']}", 7401)

    def test_what_watches_is_of_one_version_and_reads_files_that_are_there(self):
        for name in set(self.services) & {"collector", "tempo", "prometheus", "alertmanager", "grafana"}:
            one = self.services[name]
            self.assertRegex(one["image"], r":v?\d+\.\d+\.\d+$", name)
            self.assertTrue(one["read_only"] and int(one["mem_limit"]), name)
            for mount in (mount for mount in one["volumes"] if mount["type"] == "bind" and "/secrets/" not in mount["source"]):
                self.assertTrue(pathlib.Path(mount["source"]).exists() and mount["read_only"], mount)

    @unittest.skipUnless(shutil.which("amtool"), "amtool is not installed (tests/setup)")
    def test_alerts_reach_who_they_are_for(self):
        config = DEPLOY / "alertmanager/alertmanager.yml"
        told("amtool", "check-config", config)
        for severity, receiver in (("page", "pager"), ("ticket", "desk")):
            routed = told("amtool", "config", "routes", "test", f"--config.file={config}", f"severity={severity}", "alertname=RedressDown")
            self.assertEqual(routed.strip(), receiver)


if __name__ == "__main__":
    unittest.main()
