"""The image: what is in it, as whom it runs, what it may do, and how it says that it is well."""

import json
import tomllib
import unittest

from deployment import IMAGE, PORTS, ROOT, Deployment, docker, replicas, run, until

BILL = "/usr/share/doc/redress/redress.cdx.json"
# What anybody may write to on any Debian, and where volumes are mounted. The root file system of a container is read-only besides.
WRITABLE = {"/tmp", "/var/tmp", "/run/lock", "/data", "/ledger", "/backups", "/key-backups"}
SETTINGS = {"PATH", "REDRESS_LISTEN_ADDRESS", "REDRESS_ADMIN_ADDRESS", "REDRESS_DATA_FOLDER", "REDRESS_LISTEN_REFLECTION"}


def contained(program, *arguments):
    """What a program of the image says that runs there as the suite does: without network, rights, or a file that it could write."""
    alone = ["--rm", "--network=none", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges:true"]
    return docker("run", *alone, f"--entrypoint={program}", IMAGE, *arguments)


class Image(unittest.TestCase):
    def test_it_is_nobody_carries_no_secret_and_asks_itself_how_it_is(self):
        told = json.loads(docker("image", "inspect", IMAGE))[0]["Config"]
        self.assertEqual(told["User"], "65532:65532")
        self.assertEqual({one.partition("=")[0] for one in told["Env"]}, SETTINGS)
        self.assertEqual(told["Healthcheck"]["Test"], ["CMD", "redress", "healthcheck"])
        self.assertEqual(told["Labels"]["org.opencontainers.image.title"], "redress")

    def test_it_runs_with_no_right_at_all_and_can_change_nothing_of_itself(self):
        self.assertRegex(contained("redress", "--version"), r"^redress \d+\.\d+\.\d+$")
        self.assertEqual(contained("id", "-u"), "65532")
        closed = ["-type", "d", "!", "-readable"]
        unwatched = ["(", "-path", "/proc", "-o", "-path", "/sys", "-o", "-path", "/dev", "-o", *closed, ")", "-prune", "-o"]
        writable = docker("run", "--rm", "--entrypoint=find", IMAGE, "/", *unwatched, "!", "-type", "l", "-writable", "-print")
        self.assertLessEqual(set(writable.splitlines()), WRITABLE)

    def test_the_bill_names_what_is_locked_with_its_licence(self):
        bill = json.loads(contained("cat", BILL))
        self.assertEqual((bill["bomFormat"], bill["specVersion"]), ("CycloneDX", "1.5"))
        locked = {(one["name"], one["version"]) for one in tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]}
        named = [(one["name"], one["version"]) for one in bill["components"]]
        self.assertEqual(len(named), len(set(named)))
        self.assertLessEqual(set(named), locked)
        for crate in ("tonic", "sqlx", "rustls", "complaints", "records-retention"):
            self.assertIn(crate, {name for name, _ in named})
        self.assertEqual([one["name"] for one in bill["components"] if not one.get("licenses")], [])

    def test_a_health_check_of_nothing_fails(self):
        self.assertNotEqual(run(["docker", "run", "--rm", "--network=none", IMAGE, "healthcheck"]).returncode, 0)


class Containers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        Deployment()

    def test_each_service_is_well_and_has_no_right_that_it_does_not_need(self):
        for service in PORTS:
            (replica,) = replicas(service)
            until(f"{service} to say that it is well", lambda: run(["docker", "exec", replica, "redress", "healthcheck"]).returncode == 0)
            touched = run(["docker", "exec", replica, "touch", "/etc/redress"])
            self.assertIn("Read-only file system", touched.stderr, service)
            status = dict(line.split(":\t", 1) for line in docker("exec", replica, "cat", "/proc/1/status").splitlines())
            self.assertEqual(set(status["Uid"].split()), {"65532"}, service)
            self.assertEqual((int(status["CapEff"], 16), status["NoNewPrivs"]), (0, "1"), service)


if __name__ == "__main__":
    unittest.main(failfast=True)
