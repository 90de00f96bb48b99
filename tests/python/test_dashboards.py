"""Every query of every dashboard and rule is put to a real Prometheus that has scraped a real server under load."""

import datetime
import json
import math
import pathlib
import subprocess
import sys
import unittest

import grpc

from contract import ROOT, Refusal, complaint_service_pb2, day, new_id, refusal
from prometheus import RULES, Prometheus, missing
from server import Server
from test_complaint import House

BOARDS = sorted((ROOT / "deploy/grafana/dashboards").glob("*.json"))
# What Grafana puts in the place of its variables.
CHOICES = {"$__rate_interval": "30s", "$process": ".*", "$service": ".*", "$rpc": ".*"}


def put(query):
    for name, value in CHOICES.items():
        query = query.replace(name, value)
    return query


def panels(board):
    return [panel for panel in board["panels"] if panel["type"] != "row"]


@unittest.skipIf(missing(), missing())
class Queries(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(whole=True, REDRESS_COMPLAINTS_COUNT_EVERY="1s", REDRESS_COMPLAINTS_LOOK_EVERY="1s")
        cls.prometheus = Prometheus(cls.server)
        try:
            cls.work()
        except grpc.RpcError as error:
            raise AssertionError(f"no load: {Refusal(error)}") from error

    @classmethod
    def tearDownClass(cls):
        cls.prometheus.stop()
        assert cls.server.stop() == 0, "the server did not end well"

    @classmethod
    def work(cls):
        """Cases that are new, late and read, and calls that are refused, while Prometheus looks on."""
        house, prometheus = House(cls.server), cls.prometheus
        cls.tiers = {f"organisations/{house.prime}": "0", f"organisations/{house.sub}": "1"}
        complaints = house.officer.complaints
        seen = lambda metric, at_least: any(value >= at_least for _, value in prometheus.ask(metric))  # noqa: E731
        for number in range(12):
            request = house.registration(f"LOAD-{number}")
            request.complaint.received_on.CopyFrom(day(datetime.date.today() - datetime.timedelta(days=number * 10)))
            complaint = complaints.RegisterComplaint(request)
            name, cls.worked_by = complaint.name, complaint.organisation
            complaints.GetComplaint(complaint_service_pb2.GetComplaintRequest(name=name))
            complaints.ListComplaints(complaint_service_pb2.ListComplaintsRequest())
            absent = complaint_service_pb2.GetComplaintRequest(name=f"complaints/{new_id()}")
            assert refusal(complaints.GetComplaint, absent).code == grpc.StatusCode.NOT_FOUND
        prometheus.until("late cases", lambda: seen("sum(redress_deadlines_overdue)", 1))
        prometheus.until("two scrapes of the calls", lambda: seen("count_over_time(redress_ready[5m])", 3))
        complaints.ListComplaints(complaint_service_pb2.ListComplaintsRequest())
        # What is followed must be seen to grow, so that one more follows what was scraped before.
        complaints.RegisterComplaint(house.registration("LOAD-LATER"))
        alone = len(prometheus.ask("redress_journal_entries")) == 1
        followed = "sum(increase(redress_subscription_delay_seconds_count[1m]))"
        prometheus.until("an effect elsewhere", lambda: alone or seen(followed, 0.5))
        prometheus.until("calls", lambda: seen("sum(increase(rpc_server_call_duration_seconds_count[1m]))", 1))
        prometheus.until("the rules", lambda: prometheus.ask("redress:slow_calls:ratio_rate3d"))

    def test_every_panel_shows_something(self):
        empty = []
        services = {labels["service"] for labels, _ in self.prometheus.ask("redress_journal_entries")}
        for file in BOARDS:
            board = json.loads(file.read_text())
            for panel in panels(board):
                for target in panel["targets"]:
                    # A service that is alone follows nobody.
                    if len(services) == 1 and "redress_subscription_" in target["expr"]:
                        continue
                    with self.subTest(board=board["title"], panel=panel["title"], query=target["expr"]):
                        answer = self.prometheus.ask(put(target["expr"]))
                        if not any(math.isfinite(value) for _, value in answer):
                            empty.append(f"{board['title']} / {panel['title']}: {target['expr']}")
        self.assertEqual(empty, [], "panels without an answer")

    def test_every_variable_has_something_to_choose(self):
        for file in BOARDS:
            for variable in json.loads(file.read_text())["templating"]["list"]:
                if variable["type"] == "query":
                    query, _, label = put(variable["definition"])[len("label_values("):-1].rpartition(", ")
                    found = {labels.get(label) for labels, _ in self.prometheus.ask(query)} - {None}
                    self.assertTrue(found, f"{file.name}: {variable['name']}")

    def test_what_is_late_is_told_with_its_kind_and_tier(self):
        late = self.prometheus.ask("max by (service, kind, tier) (redress_deadlines_overdue)")
        self.assertTrue(late)
        for labels, count in late:
            self.assertEqual((labels["service"], labels["tier"]), ("complaints", self.tiers[self.worked_by]), labels)
            self.assertGreater(count, 0)
        recorded = self.prometheus.ask("redress_deadlines_breached_total > 0")
        self.assertEqual({labels["tier"] for labels, _ in recorded}, {self.tiers[self.worked_by]})
        breached = sum(count for _, count in recorded)
        self.assertGreaterEqual(breached, sum(count for _, count in late), "a breach is recorded before it is overdue for long")

    def test_the_alerts_that_should_speak_do(self):
        self.prometheus.until("the alert", lambda: self.prometheus.ask('ALERTS{alertname="RedressDeadlineOverdue"}'))
        speaking = {labels["alertname"] for labels, _ in self.prometheus.ask('ALERTS{alertstate="firing"}')}
        for quiet in ("RedressDown", "RedressNotReady", "RedressJournalInconsistent", "RedressErrorBudgetBurns", "RedressFiguresStale"):
            self.assertNotIn(quiet, speaking)

    def test_no_label_says_whose_case_it_is(self):
        for labels, _ in self.prometheus.ask('{job="redress"}'):
            for name, value in labels.items():
                self.assertNotRegex(value, r"[0-9a-f]{8}-[0-9a-f]{4}", f"{labels['__name__']} {name}")
                self.assertNotIn("Gw", value)


class Files(unittest.TestCase):
    def test_the_files_are_what_the_list_of_boards_says(self):
        check = [sys.executable, "-B", str(ROOT / "deploy/grafana/build.py"), "--check"]
        done = subprocess.run(check, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_every_panel_says_what_it_is_for_in_which_unit(self):
        self.assertGreaterEqual(len(BOARDS), 5)
        uids = set()
        for file in BOARDS:
            board = json.loads(file.read_text())
            self.assertEqual((board["uid"], board["id"] if "id" in board else None), (file.stem, None))
            uids.add(board["uid"])
            numbers = [panel["id"] for panel in board["panels"]]
            self.assertEqual(len(numbers), len(set(numbers)))
            for panel in panels(board):
                at = f"{file.name}: {panel['title']}"
                self.assertTrue(panel["description"].endswith("."), at)
                self.assertTrue(panel["fieldConfig"]["defaults"]["unit"], at)
                self.assertEqual(panel["datasource"]["uid"], "${datasource}", at)
                place = panel["gridPos"]
                self.assertLessEqual(place["x"] + place["w"], 24, at)
        self.assertEqual(len(uids), len(BOARDS))


@unittest.skipIf(missing(), missing())
class Rules(unittest.TestCase):
    def promtool(self, *arguments):
        done = subprocess.run(["promtool", *map(str, arguments)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_rules_are_rules(self):
        self.promtool("check", "rules", *sorted(RULES.glob("*.yml")))
        self.promtool("check", "config", "--syntax-only", ROOT / "deploy/prometheus/prometheus.yml")

    def test_the_alerts_speak_when_they_should(self):
        tests = pathlib.Path(ROOT / "deploy/prometheus/tests")
        self.promtool("test", "rules", *sorted(tests.glob("*.yml")))


if __name__ == "__main__":
    unittest.main()
