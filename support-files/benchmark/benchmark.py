#!/usr/bin/env python3
"""Compares the server with nginx on the same bytes, alternating between the two in one run. See README.md."""

import argparse
import json
import sys
from pathlib import Path

import report
import rows
from servers import ImgApi, Remote
from tools import require


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small data and short rounds: about two minutes")
    parser.add_argument("--url", help="measure the reads of this IMGAPI server instead of starting one")
    parser.add_argument("--work", type=Path, default=Path("/tmp/imgapi-benchmark"), help="folder for data and logs (12 GiB; a real disk)")
    parser.add_argument("--program", type=Path, help="a published imgapi or imgapi.dll; by default the sources are published first")
    parser.add_argument("--only", help="run only the rows whose name contains this")
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    return parser.parse_args()


def main():
    options = arguments()
    require("wrk", "curl")
    plan = rows.Plan.quick() if options.quick else rows.Plan.full()
    if options.url:
        figures = rows.measure_remote(Remote(options.url), plan, options.only)
    else:
        require("nginx", "dotnet")
        options.work.mkdir(parents=True, exist_ok=True)
        program = options.program or ImgApi.publish(options.work)
        figures = rows.measure(options.work, program, plan, options.only)
    report.table(figures, sys.stdout)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
