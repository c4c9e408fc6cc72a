"""The digest is SHA-256: files that are on disks already are named and known by it."""

from triage.digest import sha256


def test_the_digest_is_sha_256() -> None:
    # FIPS 180-4, example of one block
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
