"""Generates data folders with images, in the server's format."""

import base64
import hashlib
import json
import os
import random
import shutil
import uuid
from pathlib import Path

CONTENT = "image-0123456789abcdef.gz"
NAMES = ["base", "minimal", "database", "web-proxy", "build", "mail", "queue", "metrics"]
SYSTEMS = ["smartos", "linux", "bsd", "illumos", "windows"]


class Dataset:
    """A data folder with a number of active images; created once, and always the same."""

    def __init__(self, folder, count):
        self.folder = Path(folder)
        self.count = count
        generator = random.Random(count)
        self.uuids = [str(uuid.UUID(int=generator.getrandbits(128), version=4)) for _ in range(count)]

    def make(self):
        done = self.folder.with_suffix(".done")
        if done.exists():
            return self
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        body = b"0123456789abcdef"
        for number, name in enumerate(self.uuids):
            image = self.folder / name
            image.mkdir()
            (image / CONTENT).write_bytes(body)
            (image / "manifest.json").write_text(json.dumps(manifest(name, number, body), indent=2) + "\n")
        done.touch()
        return self


def manifest(name, number, body):
    """A manifest of about a kilobyte, like those of real images."""
    sha1 = hashlib.sha1(body).hexdigest()
    published = f"20{10 + number % 16:02}-{1 + number % 12:02}-{1 + number % 28:02}T{number % 24:02}:{number % 60:02}:00.000Z"
    return {
        "v": 2, "uuid": name, "owner": "00000000-0000-0000-0000-000000000000",
        "name": f"{NAMES[number % len(NAMES)]}-{number % 97}", "version": f"{number // 100}.{number % 100}.0", "state": "active",
        "disabled": False, "public": True, "published_at": published, "type": "zone-dataset", "os": SYSTEMS[number % len(SYSTEMS)],
        "files": [{"sha1": sha1, "size": len(body), "compression": "gzip"}],
        "description": "A SmartOS image pre-configured with the packages that most services need, and nothing else in it. " * 3,
        "homepage": "https://docs.example.com/images/smartos/base",
        "requirements": {
            "min_platform": {"7.0": "20141030T081701Z"},
            "networks": [{"name": "net0", "description": "public"}]},
        "tags": {"role": "os", "group": f"g{number % 10}"},
        "imgapi": {"file": {
            "content": CONTENT, "sha1": sha1, "md5": base64.b64encode(hashlib.md5(body).digest()).decode(),
            "modified": "2026-01-01T00:00:00.000Z"}},
    }


def random_file(path, size):
    """A file of incompressible bytes without holes; created once. Returns its SHA-1."""
    if not path.exists() or path.stat().st_size != size:
        with open(path, "wb") as file:
            for _ in range(size // (1 << 20)):
                file.write(os.urandom(1 << 20))
            os.fsync(file.fileno())
    digest = hashlib.sha1()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
