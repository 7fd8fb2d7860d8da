"""Uploads and downloads of image files."""

import hashlib
import json
import os
import subprocess
import time

from servers import USER, ImgApi, Nginx
from data import random_file
from tools import cpu_seconds, download, memory, reset_peak, sha1_of

MANIFEST = {"name": "benchmark", "version": "1.0.0", "type": "zone-dataset", "os": "smartos"}
STREAMS = 8


def call(url, *arguments):
    done = subprocess.run(["curl", "-s", "-u", USER, "-w", "\n%{http_code}", *arguments, url], capture_output=True, text=True, check=True)
    body, status = done.stdout.rsplit("\n", 1)
    if status not in ("200", "204"):
        raise RuntimeError(f"{url} answered {status}: {body}")
    return json.loads(body) if body else None


def create(server):
    return call(f"{server.url}/images", "-d", json.dumps(MANIFEST))["uuid"]


def upload(server, file, sha1):
    """Seconds for one upload with a verified hash. Deletes the image afterwards."""
    uuid = create(server)
    began = time.monotonic()
    image = call(f"{server.url}/images/{uuid}/file?compression=none&sha1={sha1}", "-T", str(file))
    took = time.monotonic() - began
    assert image["files"][0]["size"] == file.stat().st_size
    call(f"{server.url}/images/{uuid}", "-X", "DELETE")
    return took


def start_client(server, program, uuid, file, *options):
    user, password = USER.split(":")
    environment = {**os.environ, "IMGAPI_URL": server.url.replace("://", f"://{user}@"), "IMGAPI_PASSWORD": password}
    runner = ["dotnet"] if str(program).endswith(".dll") else []
    command = [*runner, program, "upload", uuid, "-f", file, "--compression", "none", "--force", "--quiet", *options]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def finish_client(client):
    """The peak resident memory of the client in MiB."""
    _, status, usage = os.wait4(client.pid, 0)
    if status != 0:
        raise RuntimeError(f"imgapi upload failed with status {status}")
    return usage.ru_maxrss / 1024


def upload_by_client(server, program, file, *options):
    """Seconds for one upload by the client, and its peak resident memory in MiB. Deletes the image afterwards."""
    uuid = create(server)
    began = time.monotonic()
    peak = finish_client(start_client(server, program, uuid, file, *options))
    took = time.monotonic() - began
    call(f"{server.url}/images/{uuid}", "-X", "DELETE")
    return took, peak


def interrupted_upload(server, program, file):
    """Seconds for an upload by two runs of the client, of which the first is killed in the middle. Deletes the image afterwards."""
    uuid = create(server)
    half = file.stat().st_size // 2
    began = time.monotonic()
    client = start_client(server, program, uuid, file)
    while not any(part.stat().st_size >= half for part in server.data.glob(".imgapi-uploads/*.bytes")):
        if client.poll() is not None:
            raise RuntimeError("imgapi upload ended before it could be killed")
        time.sleep(0.005)
    client.kill()
    client.wait()
    finish_client(start_client(server, program, uuid, file))
    took = time.monotonic() - began
    call(f"{server.url}/images/{uuid}", "-X", "DELETE")
    return took


def flushed_copy(source, target):
    """Seconds for one process to read, hash, write and flush the file, without a network."""
    began = time.monotonic()
    sha1, md5 = hashlib.sha1(), hashlib.md5()
    with open(source, "rb") as reader, open(target, "wb") as writer:
        while block := reader.read(1 << 18):
            sha1.update(block)
            md5.update(block)
            writer.write(block)
        writer.flush()
        os.fsync(writer.fileno())
    took = time.monotonic() - began
    target.unlink()
    return took


def measure(figures, work, program, plan):
    size = plan.file_mib << 20
    if not figures.wants(f"GET file {plan.file_mib} MiB", f"PUT file {plan.file_mib} MiB", f"imgapi upload {plan.file_mib} MiB"):
        return
    static = work / "static-file"
    static.mkdir(exist_ok=True)
    file = static / f"file-{plan.file_mib}"
    sha1 = random_file(file, size)
    (static / "ping").write_text("pong")
    with ImgApi(program, work / "data-file", work) as ours:
        uuid = create(ours)
        call(f"{ours.url}/images/{uuid}/file?compression=none&sha1={sha1}", "-T", str(file))
        path = f"{ours.url}/images/{uuid}/file"
        if sha1_of(path) != sha1:
            raise RuntimeError("the downloaded file differs from the uploaded one")
        with Nginx(static, work) as sendfile, Nginx(static, work, sendfile=False) as buffered:
            rivals = {"nginx, sendfile": sendfile, "nginx, buffers": buffered}
            downloads(figures, plan, ours, path, rivals, file.name, size)
        uploads(figures, plan, ours, file, sha1, work)
        client_uploads(figures, plan, ours, program, file, sha1)
        interrupted_uploads(figures, plan, ours, program, file)
        call(f"{ours.url}/images/{uuid}", "-X", "DELETE")


def downloads(figures, plan, ours, path, rivals, name, size):
    urls = {"ours": (path, ours), **{rival: (f"{server.url}/{name}", server) for rival, server in rivals.items()}}
    mib = size / (1 << 20)
    for streams in (1, STREAMS):
        work = f"GET file {plan.file_mib} MiB, concurrency {streams}"
        if not figures.wants(work):
            continue
        speed = {key: [] for key in urls}
        cpu = {key: [] for key in urls}
        growth = []
        for key, (url, server) in urls.items():
            download(url, streams, size)
        for _ in range(plan.rounds):
            for key, (url, server) in urls.items():
                reset_peak(server.pids)
                used, resident = cpu_seconds(server.pids), memory(server.pids, "VmRSS")
                speed[key].append(streams * mib / download(url, streams, size))
                cpu[key].append((cpu_seconds(server.pids) - used) / streams / mib * 1024)
                if key == "ours":
                    growth.append(max(0.0, memory(server.pids, "VmHWM") - resident))
        best = max(rivals, key=lambda rival: sorted(speed[rival])[len(speed[rival]) // 2])
        figures.add(work, "MiB/s", speed["ours"], speed[best], best)
        for rival in rivals:
            figures.add(f"{work}: CPU seconds per GiB", "s", cpu["ours"], cpu[rival], rival)
        figures.add(f"{work}: growth of resident memory", "MiB", growth)


def uploads(figures, plan, ours, file, sha1, work):
    name = f"PUT file {plan.file_mib} MiB with sha1, flushed"
    if figures.wants(name):
        upload(ours, file, sha1)
        rounds = [(upload(ours, file, sha1), flushed_copy(file, work / "copy")) for _ in range(plan.rounds)]
        speeds = [[plan.file_mib / seconds for seconds in side] for side in zip(*rounds)]
        figures.add(name, "MiB/s", *speeds, other="a local copy, hashed and flushed")


def client_uploads(figures, plan, ours, program, file, sha1):
    """The client, which hashes what it sends, by turns with curl, once with a hash that is known and once after computing it."""
    for kind, options in (("resumable", []), ("in one request", ["--no-resume"])):
        name = f"imgapi upload {plan.file_mib} MiB, {kind}"
        if not figures.wants(name):
            continue
        upload_by_client(ours, program, file, *options)
        rounds = [
            (upload_by_client(ours, program, file, *options), upload(ours, file, sha1), hashed_upload(ours, file)) for _ in range(plan.rounds)]
        speed = [plan.file_mib / client[0] for client, _, _ in rounds]
        figures.add(name, "MiB/s", speed, [plan.file_mib / curl for _, curl, _ in rounds], other="curl -T, hash known")
        figures.add(f"{name}: with the hash", "MiB/s", speed, [plan.file_mib / curl for _, _, curl in rounds], other="openssl sha1, then curl -T")
        figures.add(f"{name}: peak resident memory", "MiB", [client[1] for client, _, _ in rounds])


def hashed_upload(server, file):
    """Seconds to hash the file and to upload it with the hash."""
    began = time.monotonic()
    digest = subprocess.run(["openssl", "sha1", "-r", file], capture_output=True, text=True, check=True).stdout.split()[0]
    return time.monotonic() - began + upload(server, file, digest)


def interrupted_uploads(figures, plan, ours, program, file):
    """An upload that is killed in the middle and repeated, by turns with one that is not."""
    name = f"imgapi upload {plan.file_mib} MiB, killed in the middle and repeated"
    if figures.wants(name):
        rounds = [(interrupted_upload(ours, program, file), upload_by_client(ours, program, file)[0]) for _ in range(plan.rounds)]
        figures.add(name, "s", *[list(side) for side in zip(*rounds)], other="imgapi upload without a kill")


def measure_remote(figures, server, images, plan):
    """Downloads the largest file that the server lists."""
    image = max((image for image in images if image["files"]), key=lambda image: image["files"][0]["size"])
    size, url = image["files"][0]["size"], f"{server.url}/images/{image['uuid']}/file"
    if sha1_of(url) != image["files"][0]["sha1"]:
        raise RuntimeError("the downloaded file has another SHA-1 than the manifest")
    for streams in (1, STREAMS):
        figures.add(
            f"GET file {size >> 20} MiB, concurrency {streams}", "MiB/s",
            [streams * size / (1 << 20) / download(url, streams, size) for _ in range(plan.rounds)])
