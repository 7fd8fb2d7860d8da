"""The benchmark rows. Each row alternates between our server and nginx for several rounds, and reports the medians."""

import statistics
from dataclasses import dataclass
from pathlib import Path

import scale
import transfers
from data import Dataset
from servers import ImgApi, Nginx
from tools import fetch, wrk

LUA = Path(__file__).with_name("uuids.lua")
FILTER = "/images?name=~web&os=linux"


@dataclass
class Plan:
    """The amount of data and the length of the rounds."""

    rounds: int
    seconds: int
    long_list: int
    many: int
    file_mib: int

    @staticmethod
    def full():
        return Plan(rounds=5, seconds=5, long_list=10_000, many=100_000, file_mib=1024)

    @staticmethod
    def quick():
        return Plan(rounds=2, seconds=1, long_list=10_000, many=10_000, file_mib=256)


class Figures:
    """The rows measured so far."""

    def __init__(self, only):
        self.only = only
        self.rows = []

    def wants(self, *works):
        return not self.only or any(self.only in work for work in works)

    def add(self, work, unit, ours, theirs=None, other="nginx", notes=""):
        row = {"work": work, "unit": unit, "ours": statistics.median(ours)}
        if theirs:
            row |= {"theirs": statistics.median(theirs), "other": other}
        if notes:
            row["notes"] = notes
        self.rows.append(row)
        print(f"  {work}: {row['ours']:,.2f} {unit}" + (f", {other} {row['theirs']:,.2f}" if theirs else ""), flush=True)


def measure(work, program, plan, only):
    figures = Figures(only)
    for count in (1_000, plan.long_list):
        small_answers(figures, work, program, plan, Dataset(work / f"images-{count}", count).make())
    transfers.measure(figures, work, program, plan)
    scale.measure(figures, work, program, plan)
    return {"plan": vars(plan), "rows": figures.rows}


def small_answers(figures, work, program, plan, dataset):
    """JSON answers: ping and single images with the small dataset, lists with both."""
    listing = f"GET /images, {dataset.count:,} images, 4 connections"
    filtered = f"GET {FILTER} of {dataset.count:,} images, 4 connections"
    ping, single = "GET /ping, 16 connections", "GET /images/UUID, 1,000 UUIDs in turn, 16 connections"
    is_small = dataset.count == 1_000
    if not figures.wants(*([ping, single, listing] if is_small else [listing, filtered])):
        return
    static = work / f"static-{dataset.count}"
    with ImgApi(program, dataset.folder, work) as ours:
        copy_answers(ours, static, dataset)
        with Nginx(static, work) as nginx:
            paths = static / "paths"
            paths.write_text("".join(f"/images/{name}\n" for name in dataset.uuids[:1_000]))
            if is_small:
                compare(figures, ping, plan, lambda server: wrk(f"{server.url}/ping", 16, plan.seconds), ours, nginx)
                compare(
                    figures, single, plan,
                    lambda server: wrk(server.url, 16, plan.seconds, LUA, {"PATHS": str(paths)}), ours, nginx)
            compare(
                figures, listing, plan,
                lambda server: wrk(f"{server.url}/{'images' if server is ours else 'list'}", 4, plan.seconds), ours, nginx)
            if not is_small:
                figures.add(filtered, "req/s", [wrk(ours.url + FILTER, 4, plan.seconds) for _ in range(plan.rounds)])


def compare(figures, work, plan, once, ours, nginx):
    """Alternates between the servers, so that other load on the machine affects both."""
    if not figures.wants(work):
        return
    once(ours)
    once(nginx)
    rounds = [(once(ours), once(nginx)) for _ in range(plan.rounds)]
    figures.add(work, "req/s", [round[0] for round in rounds], [round[1] for round in rounds])


def copy_answers(ours, static, dataset):
    """Saves our server's answers as files for nginx, and checks each status."""
    (static / "images").mkdir(parents=True, exist_ok=True)
    targets = [("/ping", static / "ping"), ("/images", static / "list")]
    targets += [(f"/images/{name}", static / "images" / name) for name in dataset.uuids[:1_000]]
    for path, target in targets:
        body, status = fetch(ours.url + path)
        if status != 200 or not body:
            raise RuntimeError(f"{path} answered {status}")
        target.write_bytes(body)


def measure_remote(server, plan, only):
    """Measures the reads of any IMGAPI server, with the images that it has."""
    import json

    figures = Figures(only)
    images = json.loads(fetch(f"{server.url}/images")[0])
    paths = Path("/tmp/imgapi-benchmark-paths")
    paths.write_text("".join(f"/images/{image['uuid']}\n" for image in images[:1_000]))
    rounds = range(plan.rounds)
    figures.add("GET /ping, 16 connections", "req/s", [wrk(f"{server.url}/ping", 16, plan.seconds) for _ in rounds])
    figures.add(
        f"GET /images/UUID, {min(len(images), 1_000)} UUIDs in turn, 16 connections", "req/s",
        [wrk(server.url, 16, plan.seconds, LUA, {"PATHS": str(paths)}) for _ in rounds])
    figures.add(f"GET /images, {len(images)} images, 4 connections", "req/s", [wrk(f"{server.url}/images", 4, plan.seconds) for _ in rounds])
    transfers.measure_remote(figures, server, images, plan)
    return {"plan": vars(plan), "url": server.url, "rows": figures.rows}
