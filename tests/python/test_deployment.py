"""The files of the deployment before the programs that will read them. Whether it runs is tried with containers, in `tests/smoke`."""

import json
import pathlib
import shutil
import subprocess
import sys
import unittest

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
        published = [port for port in services["gateway"]["ports"]]
        self.assertEqual({port["host_ip"] for port in published}, {"127.0.0.1"})
        self.assertEqual({name for name, one in services.items() if one.get("ports")}, {"gateway"})


class Watching(unittest.TestCase):
    @unittest.skipUnless(shutil.which("amtool"), "amtool is not installed (tests/setup)")
    def test_alerts_reach_who_they_are_for(self):
        config = DEPLOY / "alertmanager/alertmanager.yml"
        told("amtool", "check-config", config)
        for severity, receiver in (("page", "pager"), ("ticket", "desk")):
            routed = told("amtool", "config", "routes", "test", f"--config.file={config}", f"severity={severity}", "alertname=RedressDown")
            self.assertEqual(routed.strip(), receiver)


if __name__ == "__main__":
    unittest.main()
