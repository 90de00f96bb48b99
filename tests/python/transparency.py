"""The proofs of RFC 6962 and the signed notes of C2SP, written from those documents and not from the suite's code."""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Unproven(Exception):
    """What was shown does not prove what it claims."""


def leaf_hash(content):
    """Hash of one entry (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left, right):
    """Hash of two subtrees (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_hash(leaves):
    """Root over leaf hashes, straight from the definition (RFC 6962, 2.1)."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(tree_hash(leaves[:split]), tree_hash(leaves[split:]))


def verify_inclusion(index, size, leaf, path, root):
    """Checks an inclusion path (RFC 9162, 2.1.3.2)."""
    _are_hashes(leaf, root, *path)
    if not 0 <= index < size:
        raise Unproven("the index lies outside the tree")
    node, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Unproven("the path is too long")
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node != 0:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    if last != 0 or found != root:
        raise Unproven("the path does not lead to the root")


def verify_consistency(old_size, new_size, old_root, new_root, path):
    """Checks that the tree at `new_size` begins with the one at `old_size` (RFC 9162, 2.1.4.2)."""
    if old_size == 0:
        raise Unproven("from the empty log on there is nothing to prove")
    if old_size > new_size:
        raise Unproven("the log shrank")
    if old_size == new_size:
        if path or old_root != new_root:
            raise Unproven("the roots differ, or the path is not empty")
        return
    _are_hashes(old_root, new_root, *path)
    path = list(path)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        raise Unproven("the path is empty")
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Unproven("the path is too long")
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not node & 1 and node != 0:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    if last != 0 or old != old_root or new != new_root:
        raise Unproven("the path does not lead from the old root to the new")


def _are_hashes(*candidates):
    if any(len(candidate) != 32 for candidate in candidates):
        raise Unproven("a hash does not have 32 bytes")


def open_checkpoint(note, verifier_key):
    """Checks the signature of a C2SP `tlog-checkpoint` and returns its origin, size and root."""
    origin, size, root = open_note(note, verifier_key).splitlines()[:3]
    if origin != verifier_key.split("+", 1)[0]:
        raise Unproven("the note is of another log")
    return origin, int(size), base64.b64decode(root, validate=True)


def open_note(note, verifier_key):
    """Checks the signature of a C2SP `signed-note` and returns the text that was signed."""
    name, key_hash, encoded = verifier_key.split("+", 2)
    key = base64.b64decode(encoded, validate=True)
    if key[0] != 1 or len(key) != 33:
        raise Unproven("the key is not Ed25519")
    key_id = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    if key_id.hex() != key_hash:
        raise Unproven("the key does not have the id it claims")
    text, separator, signatures = note.rpartition("\n\n")
    if not separator:
        raise Unproven("the note is not signed")
    text += "\n"
    public = Ed25519PublicKey.from_public_bytes(key[1:])
    if not any(_signed(line, name, key_id, public, text) for line in signatures.splitlines()):
        raise Unproven("the note bears no signature of that key")
    return text


def _signed(line, name, key_id, public, text):
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "\u2014" or parts[1] != name:
        return False
    signature = base64.b64decode(parts[2], validate=True)
    if signature[:4] != key_id:
        return False
    try:
        public.verify(signature[4:], text.encode())
    except InvalidSignature:
        return False
    return True
