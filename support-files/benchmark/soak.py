#!/usr/bin/env python3
"""Sends a million mixed requests, and checks that memory, handles and latency stay constant. See README.md."""

import argparse
import json
import os
import re
import subprocess
import threading
from pathlib import Path

from data import Dataset
from scale import Publisher
from servers import ImgApi
from tools import fetch, memory, require

LUA = Path(__file__).with_name("soak.lua")
CONNECTIONS = 16
WRITERS = 4
ROUND_SECONDS = 10


class Writer(threading.Thread):
    """Creates, changes and deletes images, and sends requests that fail, until it is stopped."""

    def __init__(self, server, stop):
        super().__init__()
        self.server, self.stop, self.requests, self.failure = server, stop, 0, None

    def run(self):
        try:
            with Publisher(self.server) as publisher:
                while not self.stop.is_set():
                    self.cycle(publisher)
        except Exception as failure:  # reported by the main thread
            self.failure = failure

    def cycle(self, publisher):
        publisher.step()
        uuid = publisher.made[-1]
        publisher.call("POST", f"/images/{uuid}?action=update", json.dumps({"description": "changed"}))
        publisher.call("GET", f"/images/{uuid}/file")
        for path, status in ((f"/images/{uuid}?channel=x", 200), ("/images/00000000-0000-0000-0000-000000000000", 404), ("/images?limit=x", 422)):
            body, got = fetch(self.server.url + path)
            if got != status:
                raise RuntimeError(f"{path} answered {got}, not {status}: {body}")
        publisher.call("DELETE", f"/images/{publisher.made.pop()}")
        self.requests += 9


def paths(dataset):
    """A thousand paths; each kind's count is its share of the requests."""
    some = dataset.uuids
    return (
        ["/ping"] * 100 + [f"/images/{some[i]}" for i in range(500)] + [f"/images/{some[i]}/file" for i in range(200)]
        + [f"/images?limit=20&marker={some[i]}" for i in range(120)] + ["/images?name=~web&os=linux&limit=50"] * 70
        + ["/images"] * 5 + ["/metrics"] * 3 + ["/health"] * 2)


def reads(server, file, seed):
    """One round: the number of requests, and the median and 99th percentile of their latency in ms."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{ROUND_SECONDS}s", "--latency", "--timeout", "30s", "-s", str(LUA), server.url]
    output = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PATHS": str(file), "SEED": str(seed)}).stdout
    if broken := re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", output):
        raise RuntimeError(broken.group(0))
    return int(re.search(r"(\d+) requests in", output).group(1)), *(milliseconds(output, share) for share in ("50%", "99%"))


def milliseconds(output, share):
    value, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)\b", output).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def measure(server, dataset, total, work):
    file = work / "soak-paths"
    file.write_text("".join(f"{path}\n" for path in paths(dataset)))
    stop = threading.Event()
    writers = [Writer(server, stop) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    done, number = 0, 0
    print("| requests so far | median ms | 99th percentile ms | resident MiB | handles | threads |\n| --- | --- | --- | --- | --- | --- |")
    try:
        while done + sum(writer.requests for writer in writers) < total:
            number += 1
            count, median, late = reads(server, file, number)
            done += count
            pid = server.pids[0]
            handles, threads = len(os.listdir(f"/proc/{pid}/fd")), len(os.listdir(f"/proc/{pid}/task"))
            so_far = done + sum(writer.requests for writer in writers)
            print(f"| {so_far:,} | {median:.2f} | {late:.1f} | {memory(server.pids, 'VmRSS'):.0f} | {handles} | {threads} |", flush=True)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    for writer in writers:
        if writer.failure:
            raise writer.failure
    print(f"{sum(writer.requests for writer in writers):,} of them by {WRITERS} writers")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=1_000_000)
    parser.add_argument("--work", type=Path, default=Path("/tmp/imgapi-benchmark"), help="folder for data and logs")
    parser.add_argument("--program", type=Path, help="a published imgapi or imgapi.dll; by default the sources are published first")
    options = parser.parse_args()
    require("wrk", "curl", "dotnet")
    options.work.mkdir(parents=True, exist_ok=True)
    program = options.program or ImgApi.publish(options.work)
    dataset = Dataset(options.work / "images-1000", 1_000).make()
    with ImgApi(program, dataset.folder, options.work) as server:
        measure(server, dataset, options.requests, options.work)
        left = len(json.loads(fetch(f"{server.url}/images?state=all")[0]))
        if left != dataset.count:
            raise RuntimeError(f"{left} images at the end, not {dataset.count}")


if __name__ == "__main__":
    main()
