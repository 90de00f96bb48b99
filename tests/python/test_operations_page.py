"""The operations page in headless Chromium: at a desk and on a telephone, by day and by night, for everyone."""

import os
import pathlib
import re
import shutil
import unittest
import urllib.request

try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright
except ImportError as error:
    raise unittest.SkipTest(f"{error.name} is not installed (tests/setup)") from error

from contract import complaint_service_pb2, day
from server import Server
from test_complaint import TODAY, House

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
# The texts of plots that reach beyond their plot, where they are cut.
CUT = """Array.from(document.querySelectorAll('svg text')).filter(text => {
    const [own, plot] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
    return own.left < plot.left - 0.5 || own.right > plot.right + 0.5 || own.bottom > plot.bottom + 0.5 || own.top < plot.top - 0.5;
}).map(text => text.textContent)"""
# Where to leave pictures for people to look at.
PICTURES = os.environ.get("REDRESS_TEST_PICTURES")


@unittest.skipUnless(CHROMIUM, "chromium is not installed (tests/setup)")
class OperationsPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(REDRESS_COMPLAINTS_COUNT_EVERY="1s", REDRESS_COMPLAINTS_LOOK_EVERY="1s")
        house = House(cls.server)
        for number in range(8):
            request = house.registration(f"PAGE-{number}")
            on = TODAY.fromordinal(TODAY.toordinal() - number * 9)
            request.complaint.received_on.CopyFrom(day(on))
            house.officer.complaints.RegisterComplaint(request)
        house.officer.complaints.ListComplaints(complaint_service_pb2.ListComplaintsRequest())
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        assert cls.server.stop() == 0, "the server did not end well"

    def opened(self, viewport, scheme):
        page = self.browser.new_page(viewport=viewport, color_scheme=scheme)
        self.addCleanup(page.close)
        self.complaints = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("requestfailed", lambda request: self.complaints.append(request.url))
        page.on("request", lambda request: self.requested(request.url))
        page.goto(f"{self.server.admin}/?live=off")
        page.wait_for_load_state("networkidle")
        return page

    def requested(self, url):
        if not url.startswith((self.server.admin, "data:")):
            self.complaints.append(f"asks {url}")

    def picture(self, page, name):
        if PICTURES:
            page.screenshot(path=str(pathlib.Path(PICTURES) / f"{name}.png"), full_page=True)

    def each(self):
        for form, viewport in (("desk", DESK), ("telephone", TELEPHONE)):
            for scheme in ("light", "dark"):
                page = self.opened(viewport, scheme)
                self.picture(page, f"{form}-{scheme}")
                yield f"{form}, {scheme}", page

    def test_everyone_can_use_it_everywhere(self):
        for name, page in self.each():
            page.locator("details").evaluate("details => details.open = true")
            found = Axe().run(page).response["violations"]
            told = [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:120]}" for one in found]
            self.assertEqual(told, [], name)

    def test_it_fits_and_asks_nobody_else(self):
        for name, page in self.each():
            width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            self.assertEqual(width, 0, f"{name}: the page scrolls sideways")
            self.assertEqual(page.evaluate(CUT), [], f"{name}: figures are cut")
            self.assertEqual(self.complaints, [], name)

    def test_it_shows_what_is_late_and_the_same_figures_as_a_scrape(self):
        page = self.opened(DESK, "light")
        finding = page.locator(".findings li", has_text="RedressDeadlineOverdue").first
        finding.wait_for()
        scrape = urllib.request.urlopen(f"{self.server.admin}/metrics").read().decode()
        overdue = sum(map(int, re.findall(r"^redress_deadlines_overdue\{.*\} (\d+)$", scrape, re.MULTILINE)))
        self.assertGreater(overdue, 0)
        self.assertIn(f"overdue {overdue}", page.locator("svg[aria-label^='Provider']").get_attribute("aria-label"))
        entries = re.search(r"^redress_journal_entries\{.*\} (\d+)$", scrape, re.MULTILINE).group(1)
        row = page.locator("table", has_text="Journals").locator("tbody tr", has_text="complaints")
        self.assertIn(entries, row.inner_text())

    def test_the_keyboard_is_enough(self):
        page = self.opened(DESK, "light")
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("document.activeElement.textContent"), "Skip to the figures")
        page.keyboard.press("Enter")
        self.assertTrue(page.url.endswith("#main"))


if __name__ == "__main__":
    unittest.main()
