"""The kept evidence bag before programs of others: tar, the Library of Congress' BagIt, and an independent verifier."""

import pathlib
import tarfile
import tempfile
import unittest

import bagit

from contract import ROOT
from evidence import verify
from transparency import Unproven

BAG = ROOT / "services/platform/bag/tests/golden/evidence.tar"
KEYS = {
    "redress.example/ice-liaison": "redress.example/ice-liaison+11b0d138+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs",
    "redress.example/complaints": "redress.example/complaints+4c5bb35f+AROY9ixtGkV8UbpqS189vS9p/KkyFiGNyJl+QWvRfZPK",
}


class Bag(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="redress-bag-")
        self.addCleanup(folder.cleanup)
        with tarfile.open(BAG, "r:") as archive:
            archive.extractall(folder.name, filter="data")
        (self.bag,) = pathlib.Path(folder.name).iterdir()

    def test_the_library_of_congress_accepts_it(self):
        bag = bagit.Bag(str(self.bag))
        self.assertTrue(bag.validate())
        self.assertEqual((bag.version_info, bag.encoding), ((1, 0), "UTF-8"))
        self.assertEqual(bag.info["Source-Organization"], "Northern Skills Ltd")

    def test_the_library_of_congress_finds_what_was_changed(self):
        (self.bag / "data/index.html").write_text("another case")
        with self.assertRaises(bagit.BagValidationError):
            bagit.Bag(str(self.bag)).validate()

    def test_signature_statement_and_proofs_hold(self):
        statement = verify(self.bag, KEYS)
        self.assertEqual(statement["reference"], "C-7K3M-9QXD")
        self.assertEqual(len(statement["journals"][0]["entries"]), 6)

    def test_another_key_is_not_trusted(self):
        for name in KEYS:
            others = {**KEYS, name: KEYS[name][:-4] + "AAAA"}
            with self.subTest(name=name), self.assertRaises(Unproven):
                verify(self.bag, others)

    def test_every_file_counts(self):
        for path in sorted(path for path in self.bag.rglob("*") if path.is_file()):
            before = path.read_bytes()
            middle = len(before) // 2
            path.write_bytes(before[:middle] + bytes([before[middle] ^ 1]) + before[middle + 1:])
            with self.subTest(path=str(path.relative_to(self.bag))), self.assertRaises((Unproven, ValueError)):
                verify(self.bag, KEYS)
            path.write_bytes(before)
        verify(self.bag, KEYS)

    def test_what_is_added_or_taken_away_shows(self):
        (self.bag / "data/more.txt").write_text("more")
        with self.assertRaises(Unproven):
            verify(self.bag, KEYS)
        (self.bag / "data/more.txt").unlink()
        (self.bag / "data/completeness.txt").unlink()
        with self.assertRaises(OSError):
            verify(self.bag, KEYS)


if __name__ == "__main__":
    unittest.main()
