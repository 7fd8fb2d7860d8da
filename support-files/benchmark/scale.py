"""Measurements that depend on the number of images: start, memory, lists, writes."""

import base64
import http.client
import json
import os
import shutil
import threading
import time
import urllib.request
from urllib.parse import urlsplit

from data import Dataset
from servers import USER, ImgApi
from tools import memory
from transfers import MANIFEST

CLIENTS = 16


def measure(figures, work, program, plan):
    for count in sorted({10_000, plan.many}):
        works = [f"start with {count:,} images to the first {what}" for what in ("/ping", "list")]
        resident = f"resident memory after the list of {count:,} images"
        if figures.wants(*works, resident, f"a page of 1,000 of {count:,} images", f"new images per second with {count:,} stored"):
            starts(figures, work, program, plan, Dataset(work / f"images-{count}", count).make(), works)
    if figures.wants("new images per second with 0 stored"):
        publishing(figures, work, program, plan, work / "data-new", 0)


def first_start(figures, work, program, dataset):
    """Measures a start without an index, which writes the index for the next starts."""
    index = dataset.folder / ".imgapi-index"
    index.unlink(missing_ok=True)
    with ImgApi(program, dataset.folder, work) as ours:
        figures.add(f"start with {dataset.count:,} images without an index to the first /ping", "s", [ours.seconds_to_ping])
        end = time.monotonic() + 30
        while not index.exists() and time.monotonic() < end:
            time.sleep(0.05)


def starts(figures, work, program, plan, dataset, works):
    first_start(figures, work, program, dataset)
    pings, lists, resident, pages = [], [], [], []
    for _ in range(plan.rounds):
        with ImgApi(program, dataset.folder, work) as ours:
            pings.append(ours.seconds_to_ping)
            began = time.monotonic()
            with urllib.request.urlopen(f"{ours.url}/images", timeout=120) as answer:
                body = answer.read()
            lists.append(ours.seconds_to_ping + time.monotonic() - began)
            resident.append(memory(ours.pids, "VmRSS"))
            middle = sorted(json.loads(body), key=lambda image: (image["published_at"], image["uuid"]))[dataset.count // 2]["uuid"]
            pages.append(seconds(f"{ours.url}/images?marker={middle}&limit=1000"))
    figures.add(works[0], "s", pings)
    figures.add(works[1], "s", lists, notes=f"{len(body) >> 20} MiB")
    figures.add(f"resident memory after the list of {dataset.count:,} images", "MiB", resident)
    figures.add(f"a page of 1,000 of {dataset.count:,} images from the middle", "ms", [page * 1000 for page in pages])
    publishing(figures, work, program, plan, dataset.folder, dataset.count)


def seconds(url):
    began = time.monotonic()
    with urllib.request.urlopen(url, timeout=120) as answer:
        answer.read()
    return time.monotonic() - began


def publishing(figures, work, program, plan, folder, count):
    """16 clients create, upload 4 KiB and activate; compared with the flushes per second of the disk with 16 writers."""
    name = f"new images per second with {count:,} stored, 16 clients"
    if not figures.wants(name):
        return
    ours_rates, disk_rates = [], []
    with ImgApi(program, folder, work) as ours:
        for _ in range(plan.rounds):
            ours_rates.append(rate(plan.seconds, lambda: Publisher(ours)))
            disk_rates.append(rate(plan.seconds, lambda: Flusher(work)))
    figures.add(name, "1/s", ours_rates, disk_rates, "small files written and flushed")


def rate(duration, make):
    """Steps per second of 16 workers."""
    done = [0] * CLIENTS
    failures = []
    end = time.monotonic() + duration

    def work(number):
        try:
            with make() as worker:
                while time.monotonic() < end:
                    worker.step()
                    done[number] += 1
        except Exception as failure:  # reported by the main thread
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(done) / (time.monotonic() - began)


class Publisher:
    """One client that publishes images, and deletes them at its end."""

    def __init__(self, server):
        self.connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
        self.headers = {"Authorization": "Basic " + base64.b64encode(USER.encode()).decode()}
        self.made = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for uuid in self.made:
            self.call("DELETE", f"/images/{uuid}")
        self.connection.close()

    def step(self):
        uuid = json.loads(self.call("POST", "/images", json.dumps(MANIFEST)))["uuid"]
        self.made.append(uuid)
        self.call("PUT", f"/images/{uuid}/file?compression=none", bytes(4096))
        self.call("POST", f"/images/{uuid}?action=activate")

    def call(self, method, path, body=None):
        self.connection.request(method, path, body, self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status not in (200, 204):
            raise RuntimeError(f"{method} {path} answered {answer.status}: {text}")
        return text


class Flusher:
    """One writer that writes and flushes small files, as a change of an image does."""

    def __init__(self, work):
        self.folder = work / f"flush-{threading.get_ident()}"
        self.number = 0

    def __enter__(self):
        self.folder.mkdir(exist_ok=True)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def step(self):
        self.number += 1
        with open(self.folder / str(self.number), "wb") as file:
            file.write(bytes(1024))
            file.flush()
            os.fsync(file.fileno())
