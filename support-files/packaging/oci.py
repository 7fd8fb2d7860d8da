"""Packs folders as the layers of a container image, in an OCI archive: oci.py VERSION ARCHITECTURE FILE LAYER_FOLDER...

Skopeo, podman and docker read such archives. Times, owners and order of entries do not depend on the machine.
"""
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile
from datetime import datetime, timezone

EPOCH = int(os.environ["SOURCE_DATE_EPOCH"])
USER = 10001

SETTINGS = {
    "User": f"{USER}:{USER}",
    "ExposedPorts": {"8080/tcp": {}},
    "Env": [
        "PATH=/usr/bin",
        "DOTNET_EnableDiagnostics=0",  # the runtime would write into /tmp
        "IMGAPI_ADDRESS=0.0.0.0",
        "IMGAPI_DATADIR=/data",
        "IMGAPI_LOG_FORMAT=json",
        "IMGAPI_PORT=8080",
        "IMGAPI_USERS_FILE=/data/users.json",
    ],
    "Entrypoint": ["/usr/bin/imgapi"],
    "Cmd": ["serve"],
    "Volumes": {"/data": {}},
    "WorkingDir": "/data",
    "StopSignal": "SIGTERM",
    # Not of the OCI specification, but docker and podman honour it. Times are in nanoseconds.
    "Healthcheck": {"Test": ["CMD", "/usr/bin/imgapi", "health", "--allow-degraded"], "Interval": 30_000_000_000, "Timeout": 10_000_000_000},
}


def layer(folder):
    """A tar of a folder. All entries belong to root, except /data."""
    def normal(entry):
        entry.mtime = EPOCH
        entry.uid = entry.gid = USER if entry.name == "data" else 0
        entry.uname = entry.gname = ""
        return entry

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name in sorted(os.listdir(folder)):
            tar.add(os.path.join(folder, name), name, filter=normal)  # sorts the entries of folders
    return packed.getvalue()


class Archive:
    def __init__(self, tar):
        self.tar = tar

    def add(self, name, content):
        entry = tarfile.TarInfo(name)
        entry.size, entry.mtime = len(content), EPOCH
        self.tar.addfile(entry, io.BytesIO(content))

    def blob(self, media_type, content):
        digest = hashlib.sha256(content).hexdigest()
        self.add(f"blobs/sha256/{digest}", content)
        return {"mediaType": f"application/vnd.oci.image.{media_type}", "digest": f"sha256:{digest}", "size": len(content)}


def as_json(value):
    return json.dumps(value, sort_keys=True).encode()


def main(version, architecture, file, *folders):
    labels = {
        "org.opencontainers.image.title": "imgapi",
        "org.opencontainers.image.version": version,
        "org.opencontainers.image.description": "Image server for SmartOS and Triton",
        "org.opencontainers.image.licenses": "MIT",
    }
    layers = [layer(folder) for folder in folders]
    created = datetime.fromtimestamp(EPOCH, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    with tarfile.open(file, "w", format=tarfile.GNU_FORMAT) as tar:
        archive = Archive(tar)
        archive.add("oci-layout", as_json({"imageLayoutVersion": "1.0.0"}))
        config = archive.blob("config.v1+json", as_json({
            "created": created,
            "architecture": architecture,
            "os": "linux",
            "config": SETTINGS | {"Labels": labels},
            "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(content).hexdigest() for content in layers]},
        }))
        packed = [archive.blob("layer.v1.tar+gzip", gzip.compress(content, compresslevel=6, mtime=0)) for content in layers]
        manifest = archive.blob("manifest.v1+json", as_json({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": config, "layers": packed}))
        reference = manifest | {
            "annotations": {"io.containerd.image.name": f"docker.io/library/imgapi:{version}", "org.opencontainers.image.ref.name": f"imgapi:{version}"},
            "platform": {"architecture": architecture, "os": "linux"},
        }
        archive.add("index.json", as_json({"schemaVersion": 2, "manifests": [reference]}))


main(*sys.argv[1:])
