"""The two servers: our published program, and nginx with the same bytes."""

import json
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2]
USER = "admin:secret"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, process):
    """Seconds until the URL answers."""
    began = time.monotonic()
    while process.poll() is None and time.monotonic() - began < 120:
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                answer.read()
                return time.monotonic() - began
        except OSError:
            time.sleep(0.002)
    raise RuntimeError(f"{url} did not come up")


class Remote:
    """A server that is already running."""

    def __init__(self, url):
        self.url = url.rstrip("/")


class ImgApi:
    """Our server over one data folder; a context manager that stops it."""

    def __init__(self, program, data, work):
        self.data, self.port = data, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        config = work / f"config-{self.port}.json"
        config.write_text(json.dumps({
            "datadir": str(data), "port": self.port, "address": "127.0.0.1",
            "userdb": [{"name": "admin", "password": "secret"}]}))
        self.log = open(work / "imgapi.log", "w")
        runner = ["dotnet"] if str(program).endswith(".dll") else []
        self.command = [*runner, str(program), "-s", "-c", str(config)]

    @staticmethod
    def publish(work):
        target = work / "published"
        subprocess.run(
            ["dotnet", "publish", SOURCES / "ImgApi.Api", "-c", "Release", "-r", "linux-x64", "--self-contained", "-o", target, "--nologo", "-v", "quiet"],
            check=True)
        return target / "imgapi"

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=subprocess.STDOUT)
        self.seconds_to_ping = wait_for(f"{self.url}/ping", self.process)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()

    @property
    def pids(self):
        return [self.process.pid]


class Nginx:
    """nginx with one worker per core, serving a folder of files."""

    def __init__(self, root, work, sendfile=True):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.work = work / f"nginx-{self.port}"
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        reading = "sendfile on; tcp_nopush on;" if sendfile else "sendfile off; output_buffers 2 512k;"
        (self.work / "nginx.conf").write_text(f"""
daemon off; worker_processes auto; pid {self.work}/pid; error_log {self.work}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; default_type application/json; {reading}
  keepalive_requests 1000000; open_file_cache max=20000;
  client_body_temp_path {self.work}/a; proxy_temp_path {self.work}/b; fastcgi_temp_path {self.work}/c;
  uwsgi_temp_path {self.work}/d; scgi_temp_path {self.work}/e;
  server {{ listen 127.0.0.1:{self.port}; root {root}; }}
}}
""")

    def __enter__(self):
        self.process = subprocess.Popen(["nginx", "-c", self.work / "nginx.conf", "-p", self.work])
        wait_for(f"{self.url}/ping", self.process)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)

    @property
    def pids(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]
