"""Helpers around wrk, curl, and the kernel's statistics of a process."""

import os
import re
import shutil
import subprocess
import sys
import time

TICKS = os.sysconf("SC_CLK_TCK")


def require(*programs):
    """Exits if a program is missing."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)} (Debian: apt-get install wrk curl nginx-light)")


def wrk(url, connections, seconds, script=None, environment=None):
    """Requests per second. Fails if an answer is not 2xx, or a connection breaks."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    if script:
        command += ["-s", str(script)]
    output = subprocess.run(
        command + [url], capture_output=True, text=True, check=True, env={**os.environ, **(environment or {})}).stdout
    broken = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", output)
    if broken:
        raise RuntimeError(f"{url}: {broken.group(0)}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))


def fetch(url, headers=()):
    """The body and status of one GET."""
    command = ["curl", "-s", "-w", "%{stderr}%{http_code}", url]
    for header in headers:
        command += ["-H", header]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout, int(done.stderr)


def download(url, streams, size):
    """Seconds for a number of parallel downloads. Fails if one has a wrong status or length."""
    began = time.monotonic()
    running = [
        subprocess.Popen(["curl", "-s", "-o", "/dev/null", "-w", "%{http_code} %{size_download}", url], stdout=subprocess.PIPE, text=True)
        for _ in range(streams)]
    answers = {process.communicate()[0] for process in running}
    took = time.monotonic() - began
    if answers != {f"200 {size}"}:
        raise RuntimeError(f"{url}: expected 200 and {size} bytes, got {answers}")
    return took


def sha1_of(url):
    """SHA-1 of the body of a URL."""
    pipe = f"curl -sf '{url}' | sha1sum"
    return subprocess.run(["bash", "-c", f"set -o pipefail; {pipe}"], capture_output=True, text=True, check=True).stdout.split()[0]


def cpu_seconds(pids):
    """CPU seconds that the processes have used, in user and system mode."""
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def reset_peak(pids):
    """Resets the kernel's peak of resident memory."""
    for pid in pids:
        with open(f"/proc/{pid}/clear_refs", "w") as file:
            file.write("5")


def memory(pids, field):
    """VmHWM (peak) or VmRSS (now) of the processes, in MiB."""
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/status") as status:
            total += int(re.search(rf"{field}:\s+(\d+) kB", status.read()).group(1))
    return total / 1024
