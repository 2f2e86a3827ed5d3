"""Measures a function from a fresh process to the verdict that AWS Config acknowledged, beside the same rule in Python.

Both run in AWS's Runtime Interface Emulator, and reach the stand-in for AWS Config over TLS: with a certificate of an
authority that is made for the run and stands at the end of the machine's own list of authorities. A function of 128 MB
gets 7 % of a CPU; that share, and those of other sizes, come from a CPU cgroup, which takes root.
"""

import argparse
import gzip
import http.client
import json
import os
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme

RULE = "restricted-ssh"
HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent

# AWS Lambda Developer Guide: 1,769 MB are one virtual CPU.
WHOLE_CPU = 1769
SIZES = [128, 256, 512]
PERIOD = 100_000

# AWS's price list for x86 in us-east-1: dollars a GB-second and a request. Initialisation is billed too.
GB_SECOND, REQUEST = 0.0000166667, 0.0000002

NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cgroup:
    """Gives the processes that join it a share of one CPU."""

    def __init__(self):
        unified = Path("/sys/fs/cgroup/cgroup.controllers").exists()
        self.folder = Path("/sys/fs/cgroup" if unified else "/sys/fs/cgroup/cpu") / f"vitals-bench-{os.getpid()}"
        self.unified = unified
        self.folder.mkdir()
        # The most that there is, so that other work on the machine matters little.
        name, weight = ("cpu.weight", 10_000) if unified else ("cpu.shares", 262_144)
        (self.folder / name).write_text(str(weight))

    def limit(self, memory):
        quota = PERIOD * memory // WHOLE_CPU if memory else None
        if self.unified:
            (self.folder / "cpu.max").write_text(f"{quota or 'max'} {PERIOD}")
        else:
            (self.folder / "cpu.cfs_quota_us").write_text(str(quota or -1))

    def remove(self):
        self.folder.rmdir()


class Front(BaseHTTPRequestHandler):
    """Ends TLS before the stand-in, and notes when it has acknowledged a verdict."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    behind = None
    acknowledged = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        onward = http.client.HTTPConnection(Front.behind)
        onward.request("POST", self.path, body, dict(self.headers))
        answer = onward.getresponse()
        content = answer.read()
        onward.close()
        self.send_response(answer.status)
        for name in ("Content-Type", "x-amzn-RequestId"):
            if answer.headers[name]:
                self.send_header(name, answer.headers[name])
        self.send_header("Content-Length", str(len(content)))
        # Noted before it is sent: the function may have answered by the time that this thread goes on.
        if self.headers["X-Amz-Target"].endswith(".PutEvaluations") and answer.status == 200:
            Front.acknowledged = time.time()
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


def serve_tls(authority):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Front)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"https://localhost:{server.server_address[1]}"


class Process:
    """One fresh process of a function, in the emulator."""

    def __init__(self, emulator, command, environment, cgroup):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/2015-03-31/functions/function/invocations"
        self.started = tempfile.NamedTemporaryFile("r")
        join = f'echo $$ > {cgroup.folder}/cgroup.procs && echo $EPOCHREALTIME > {self.started.name} && exec "$@"'
        self.emulator = subprocess.Popen(
            [emulator, "--runtime-interface-emulator-address", f"127.0.0.1:{port}",
             "--runtime-api-address", f"127.0.0.1:{free_port()}", "/bin/bash", "-c", join, "bash", *command],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except ConnectionRefusedError:
                if self.emulator.poll() is not None:
                    sys.exit("error: the emulator ended before it listened")
                time.sleep(0.01)

    def invoke(self, event):
        """Milliseconds until the verdict was acknowledged, and until the function had answered.

        They count from the process's start if this is its first event, which is when the emulator starts it.
        """
        Front.acknowledged = None
        begun = time.time()
        with NO_PROXY.open(self.url, event, timeout=300) as answer:
            said = answer.read()
        ended = time.time()
        begun = float(self.started.read() or begun)
        if Front.acknowledged is None:
            sys.exit(f"error: no verdict was acknowledged; the function says {said[:500]!r}")
        return (Front.acknowledged - begun) * 1000, (ended - begun) * 1000

    def cpu(self, cgroup):
        """Milliseconds of CPU that the function has used so far."""
        threads = Path(f"/proc/{self.process(cgroup)}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6

    def process(self, cgroup):
        return max((cgroup.folder / "cgroup.procs").read_text().split(), key=int)

    def peak(self, cgroup):
        """Peak resident memory in MB."""
        process = self.process(cgroup)
        status = Path(f"/proc/{process}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))) / 1024

    def end(self, cgroup):
        self.emulator.kill()
        self.emulator.wait()
        while processes := (cgroup.folder / "cgroup.procs").read_text().split():
            for process in processes:
                try:
                    os.kill(int(process), 9)
                except ProcessLookupError:
                    pass
            time.sleep(0.01)


def measure(functions, sizes, runs, warm, start, event, cgroup):
    """Medians by function and size. The functions take turns, so that what else the machine does hits each of them."""
    found = {}
    for memory in sizes:
        samples = {name: ([], [], [], [], []) for name in functions}
        for _ in range(runs if memory is None else max(3, runs // 3)):
            for name, samples_of in samples.items():
                cgroup.limit(memory)
                process = start(name, memory)
                try:
                    cold, billed = process.invoke(event)
                    cpu = process.cpu(cgroup)
                    rest = [process.invoke(event)[1] for _ in range(warm)]
                    peak = process.peak(cgroup)
                finally:
                    cgroup.limit(None)
                    process.end(cgroup)
                for values, value in zip(samples_of, (cold, billed, statistics.median(rest), peak, cpu)):
                    values.append(value)
        for name, samples_of in samples.items():
            found[name, memory] = [statistics.median(values) for values in samples_of] + [min(samples_of[0])]
    return found


def money(memory, milliseconds):
    """GB-milliseconds of one invocation, and dollars for 100,000."""
    gb_ms = memory / 1024 * milliseconds
    return gb_ms, 100_000 * (gb_ms / 1000 * GB_SECOND + REQUEST)


def report(found):
    print("from a fresh process to the acknowledged verdict: median, fastest, and the function's own CPU time")
    for memory in [None, *SIZES]:
        cells = f"{memory} MB  " if memory else "full CPU"
        for at in (0, 5, 4):
            ours, theirs = found["vitals", memory][at], found["rdklib", memory][at]
            cells += f"  {ours:7.1f} ms, rdklib {theirs:6.0f} ms ({theirs / ours:.0f}×)"
        print(cells)
    print(f"peak memory {found['vitals', None][3]:.1f} MB and {found['rdklib', None][3]:.1f} MB\n")
    print(f"{'':18}{'cold':>31}{'warm':>31}")
    for memory in SIZES:
        for name in ("vitals", "rdklib"):
            cells = ""
            for milliseconds in found[name, memory][1:3]:
                gb_ms, dollars = money(memory, milliseconds)
                cells += f"{milliseconds:8.1f} ms{gb_ms:9.2f} GB-ms{dollars:7.3f} $"
            print(f"{memory} MB {name:8}   {cells}")
    print("dollars are for 100,000 evaluations, each in a process that is cold, or each in one that is warm")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--functions", type=Path, required=True, help="folder of the binaries, with vitals among them")
    parser.add_argument("--emulator", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=9, help="fresh processes at full CPU; a third of it at each share")
    parser.add_argument("--warm", type=int, default=8, help="warm invocations of each process")
    options = parser.parse_args()

    binary = options.functions / RULE
    print(f"{RULE}: {binary.stat().st_size / 1e6:.2f} MB, {len(gzip.compress(binary.read_bytes())) / 1e6:.2f} MB packed")
    event = (PROJECT / "events" / f"{RULE}.json").read_bytes()
    cgroup = Cgroup()
    stand_in = subprocess.Popen(
        [options.functions / "vitals", "local", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    try:
        Front.behind = stand_in.stdout.readline().split("http://")[1].strip()
        authority = trustme.CA()
        with tempfile.NamedTemporaryFile(suffix=".pem") as bundle:
            bundle.write(Path(ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt").read_bytes())
            bundle.write(authority.cert_pem.bytes())
            bundle.flush()
            environment = {
                "PATH": os.environ["PATH"],
                "AWS_ENDPOINT_URL_CONFIG_SERVICE": serve_tls(authority),
                "AWS_REGION": "us-east-1",
                "AWS_DEFAULT_REGION": "us-east-1",
                "AWS_ACCESS_KEY_ID": "ASIALOCALCONFIG00000",
                "AWS_SECRET_ACCESS_KEY": "local",
                "AWS_SESSION_TOKEN": "local",
                "AWS_LAMBDA_FUNCTION_NAME": RULE,
                "AWS_LAMBDA_FUNCTION_TIMEOUT": "300",
                "SSL_CERT_FILE": bundle.name,
                "AWS_CA_BUNDLE": bundle.name,
                "PYTHONPATH": str(HERE),
            }
            commands = {
                "vitals": [binary],
                "rdklib": [sys.executable, "-m", "awslambdaric", "python_rule.lambda_handler"],
            }

            def start(name, memory):
                sized = environment | {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory or WHOLE_CPU)}
                return Process(options.emulator, commands[name], sized, cgroup)

            report(measure(list(commands), [None, *SIZES], options.runs, options.warm, start, event, cgroup))
    finally:
        stand_in.terminate()
        stand_in.wait()
        cgroup.remove()


if __name__ == "__main__":
    main()
