"""The deployment is watched as it is shipped: who is there is found by name, and who is gone is told to whom it wakes."""

import unittest

import watching
from deployment import PORTS, ROOT, Deployment, compose, is_healthy, is_reached, replicas, until

REPLICAS = 2
RULES = ROOT / "deploy/prometheus/rules"


class Watching(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.deployment = Deployment()
        cls.begun = watching.start()

    @classmethod
    def tearDownClass(cls):
        watching.stop(cls.begun)

    def test_1_every_service_is_scraped_and_every_rule_judged(self):
        until("every service to be scraped", lambda: scraped() == dict.fromkeys(PORTS, 1))
        written = sum(file.read_text().count(f"- {kind}: ") for file in RULES.glob("*.yml") for kind in ("alert", "record"))
        until("every rule to be judged", lambda: [rule["health"] for rule in watching.rules()] == ["ok"] * written)
        until("figures of all four", lambda: len(watching.ask("count by (service) (redress_journal_entries)")) == len(PORTS))

    def test_2_who_is_gone_is_told_while_others_come_and_go(self):
        compose("stop", "routing")
        scale(REPLICAS)
        until("a second replica to be scraped", lambda: scraped().get("complaints") == REPLICAS)
        scale(1)
        until("the second replica to be forgotten", lambda: scraped().get("complaints") == 1)
        until("the pager to hear of it", lambda: gone("routing") == {"pager"})
        until("nothing else to be missed", lambda: not any(gone(service) for service in set(PORTS) - {"routing"}))
        compose("start", "routing")
        until("routing to be reached", lambda: is_reached("routing"))
        until("all to be well", lambda: not gone("routing"))
        # The new replica may have had the address that was routing's; whoever follows routing has not taken the one for the other.
        until("figures of all four", lambda: scraped() == dict.fromkeys(PORTS, 1))
        self.assertEqual(watching.ask("sum(redress_subscription_quarantined)")[0][1], 0)


def scraped():
    """How many processes of each service Prometheus reaches."""
    return {labels["process"]: int(count) for labels, count in watching.ask('sum by (process) (up{job="redress"} == 1)')}


def gone(service):
    """Who hears that a service is gone."""
    return set().union(*(who for labels, who in watching.heard("RedressDown") if labels["process"] == service))


def scale(count):
    compose("up", "-d", "--no-deps", "--no-recreate", "--scale", f"complaints={count}", "complaints")
    until(f"{count} healthy replicas", lambda: sum(map(is_healthy, replicas("complaints"))) == count)


if __name__ == "__main__":
    unittest.main(failfast=True)
