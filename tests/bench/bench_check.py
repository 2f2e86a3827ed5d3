"""`make bench`: how fast `vitals check` is, and how much memory it takes.

Everything is compared within one run, so that the figures mean something on another machine. Needs nothing but Python,
gzip and, for the last line, cfn-guard.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NOW = "2026-11-21T00:00:00Z"
# A rule about what hardly any estate has leaves unpacking, finding items and reading what every item has.
RARE_RULE = "dms-replication-not-public"
GUARD_RULE = """\
rule encrypted_volumes when resourceType == "AWS::EC2::Volume" {
    configuration.encrypted == true
}
"""


def measure(command, runs):
    """The least wall time of some runs, the CPU time of that run, and the most memory of all."""
    best, cpu, memory = float("inf"), 0.0, 0
    for _ in range(runs):
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1, 19):
            sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}")
        if wall < best:
            best, cpu = wall, usage.ru_utime + usage.ru_stime
        memory = max(memory, usage.ru_maxrss * 1024)
    return best, cpu, memory


def half_of_the_rules(vitals):
    rules = json.loads(subprocess.check_output([vitals, "rules", "--format", "json"]))
    return ",".join(rule["id"] for rule in rules[::2])


def guard(snapshot):
    """Verdicts a second of cfn-guard, by one rule, on the items of its type."""
    text = subprocess.check_output(["gzip", "-dc", snapshot])
    items = [item for item in json.loads(text)["configurationItems"] if item["resourceType"] == "AWS::EC2::Volume"]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "items")
        data.mkdir()
        for number, item in enumerate(items):
            (data / f"{number}.json").write_text(json.dumps(item))
        rule = Path(folder, "rule.guard")
        rule.write_text(GUARD_RULE)
        command = ["cfn-guard", "validate", "--rules", rule, "--data", data, "--show-summary", "none"]
        seconds, _, _ = measure(command, 1)
    return len(items) / seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vitals", type=Path, help="the binary, built with the profile `release`")
    parser.add_argument("snapshots", type=Path, nargs="+", help="made by `cargo xtask snapshot ITEMS FILE`: ITEMS.json.gz")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()

    half = half_of_the_rules(args.vitals)
    print(f"{'items':>9} {'what':<22} {'seconds':>8} {'CPU':>6} {'of gzip':>8} {'items/s':>9} {'MB/s':>6} {'peak MB':>8}")
    for snapshot in args.snapshots:
        items = int(snapshot.name.split(".")[0])
        size = sum(len(chunk) for chunk in unpacked(snapshot))
        check = [args.vitals, "check", snapshot, "--now", NOW]
        # The last has two states of each resource: the newest counts.
        cases = {
            "gzip -dc": ["gzip", "-dc", snapshot],
            "all rules, ndjson": [*check, "--format", "ndjson"],
            "half of them, ndjson": [*check, "--format", "ndjson", "--rules", half],
            "parsing alone": [*check, "--format", "ndjson", "--rules", RARE_RULE],
            "all rules, table": check,
            "two states, ndjson": [*check, snapshot, "--format", "ndjson"],
        }
        base = None
        for name, command in cases.items():
            wall, cpu, memory = measure(command, args.runs)
            base = base or wall
            print(
                f"{items:>9} {name:<22} {wall:>8.2f} {cpu:>6.2f} {wall / base:>8.2f}"
                f" {items / wall:>9,.0f} {size / wall / 1e6:>6,.0f} {memory / 1e6:>8.0f}"
            )
    verdicts = subprocess.run([*check, "--format", "ndjson"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    seconds, _, _ = measure([*check, "--format", "ndjson"], args.runs)
    rate = verdicts.stdout.count(b"\n") / seconds
    print(f"vitals: {rate:,.0f} (item, rule) verdicts a second")
    if shutil.which("cfn-guard"):
        theirs = guard(args.snapshots[0])
        print(f"cfn-guard: {theirs:,.0f} verdicts a second by one rule; vitals: {rate / theirs:,.0f} times that")
    else:
        print("cfn-guard is not installed, so there is nothing to compare with")


def unpacked(snapshot):
    with subprocess.Popen(["gzip", "-dc", snapshot], stdout=subprocess.PIPE) as process:
        while chunk := process.stdout.read(1 << 20):
            yield chunk


if __name__ == "__main__":
    main()
