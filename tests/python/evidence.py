"""An evidence bag checked by whoever knows RFC 8493, RFC 6962 and C2SP notes, and none of the suite's code.

The bag is unpacked already; what is given is its folder and the keys one trusts, by their names.
"""

import base64
import hashlib
import json

from transparency import Unproven, leaf_hash, open_checkpoint, open_note, verify_inclusion

FORMAT = "redress-evidence-bag-1"
TAG_MANIFEST = "tagmanifest-sha256.txt"
# What a bag holds besides the papers it lists.
APPARATUS = {"data/index.html", "data/index.pdf", "data/completeness.json", "data/completeness.txt"}


def verify(bag, keys):
    """Checks everything there is to check and returns the completeness statement."""
    verify_signature(bag, keys)
    named = set()
    for manifest in ("manifest-sha256.txt", TAG_MANIFEST):
        named |= verify_manifest(bag, manifest)
    present = {str(path.relative_to(bag)) for path in bag.rglob("*") if path.is_file()}
    if present - named != {TAG_MANIFEST, "signature.txt"}:
        raise Unproven(f"files without a digest: {present - named}")
    statement = json.loads((bag / "data/completeness.json").read_text())
    verify_statement(bag, statement, {path for path in present if path.startswith("data/")})
    for journal in statement["journals"]:
        verify_journal(bag, journal, keys)
    return statement


def verify_signature(bag, keys):
    """The manifest of the tag files is signed by one of the keys: it covers the manifest, and that everything else."""
    note = (bag / "signature.txt").read_text()
    inside = note.split("\n")[3]
    key = keys.get(inside.split("+", 1)[0])
    if key != inside:
        raise Unproven("the bag is signed by a key that is not trusted")
    kind, _, signed, _ = open_note(note, key).splitlines()
    if kind != FORMAT or signed != f"{TAG_MANIFEST} {digest(bag / TAG_MANIFEST)}":
        raise Unproven("the signature is over other manifests")


def verify_manifest(bag, name):
    """Every file has the digest that the manifest states; returns the files."""
    named = set()
    for line in (bag / name).read_text().splitlines():
        stated, path = line.split("  ", 1)
        if digest(bag / path) != stated:
            raise Unproven(f"{path} was changed")
        named.add(path)
    return named


def verify_statement(bag, statement, payload):
    """Everything is included as stated, or withheld with reason and authority, and nothing else is there."""
    if statement["format"] != FORMAT:
        raise Unproven("the statement is of another format")
    listed = set(APPARATUS)
    for item in statement["items"]:
        withheld = item.get("withheld")
        if bool(withheld) == bool(item["files"]):
            raise Unproven(f"{item['id']} is neither included nor withheld")
        if withheld and not (withheld["reason"] and withheld["authority"]):
            raise Unproven(f"{item['id']} is withheld on nobody's word")
        listed |= {file["path"] for file in item["files"] if as_stated(bag, file)}
    known = {item["id"] for item in statement["items"]}
    told = {entry["about"] for journal in statement["journals"] for entry in journal["entries"]}
    filed = {about for about in told if about.split("/")[0] in ("documents", "papers")}
    if not filed <= known:
        raise Unproven(f"the journals tell of {filed - known}, and the statement does not")
    listed |= {journal["file"]["path"] for journal in statement["journals"] if as_stated(bag, journal["file"])}
    if listed != payload:
        raise Unproven(f"the statement and the bag differ in {listed ^ payload}")


def as_stated(bag, file):
    path = bag / file["path"]
    if path.stat().st_size != file["size"] or digest(path) != file["sha256"]:
        raise Unproven(f"{file['path']} is not the file that is stated")
    return True


def verify_journal(bag, journal, keys):
    """Every entry leads to the checkpoint, which is signed, and they are the entries that are stated."""
    first, *lines = [json.loads(line) for line in (bag / journal["file"]["path"]).read_text().splitlines()]
    key = keys.get(first["key"].split("+", 1)[0])
    if key != first["key"] or key != journal["key"]:
        raise Unproven("the journal is signed by a key that is not trusted")
    _, size, root = open_checkpoint(first["checkpoint"], key)
    if size != journal["size"]:
        raise Unproven("the checkpoint is not the one that is stated")
    for line in lines:
        path = [base64.b64decode(one) for one in line["proof"]]
        verify_inclusion(line["position"] - 1, size, leaf_hash(base64.b64decode(line["content"])), path, root)
    if [line["position"] for line in lines] != [entry["position"] for entry in journal["entries"]]:
        raise Unproven("the entries are not those that are stated")


def digest(path):
    """SHA-256 of a file, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
