"""Runs functions with `sam local invoke` and shows what AWS Config would hold: each with its rule's sample event.

The stand-in for AWS Config runs in a container beside the function's, on a Docker network of its own.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
IMAGE = "public.ecr.aws/lambda/provided:al2023-x86_64"


def fail(message):
    print(f"error: {message}", file=sys.stderr)
    sys.exit(2)


def run(*command, **options):
    """A command's output; what went wrong is the user's to see."""
    ended = subprocess.run([str(word) for word in command], cwd=PROJECT, capture_output=True, text=True, **options)
    if ended.returncode:
        fail(f"`{' '.join(map(str, command[:4]))} …` failed:\n{ended.stdout}{ended.stderr}")
    return ended.stdout


def docker(*arguments):
    return run("docker", *arguments).strip()


def engine_answers():
    try:
        return subprocess.run(["docker", "info"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def function_of(rule):
    """The rule's function: its logical id and its template."""
    made = (PROJECT / "deploy/build/Makefile").read_text()
    if not (found := re.search(rf"function,(\w+),{re.escape(rule)}\)", made)):
        fail(f"there is no rule `{rule}`; `vitals rules` lists them")
    for template in sorted((PROJECT / "deploy/rules").glob("*.yaml")):
        if f"\n  {found[1]}:\n" in template.read_text():
            return found[1], template
    fail(f"no template in deploy/rules defines {found[1]}; run `make generate`")


def lay_out(function, template, binary, endpoint):
    """What `sam build` makes of one function, with the binary that is built already.

    The SAM CLI passes on no variable that the template doesn't name, so the endpoint goes there.
    """
    folder = PROJECT / ".aws-sam" / "local"
    (folder / function).mkdir(parents=True, exist_ok=True)
    shutil.copy(binary, folder / function / "bootstrap")
    built = folder / "template.yaml"
    made, moved = re.subn(r"^( *)CodeUri: .*$", rf"\1CodeUri: {function}", template.read_text(), flags=re.M)
    endpoint = f"AWS_ENDPOINT_URL_CONFIG_SERVICE: '{endpoint}'"
    made, told = re.subn(r"^( *)Variables:$", rf"\1Variables:\n\1  {endpoint}", made, flags=re.M)
    if not moved or not told:
        fail(f"{template} does not name its functions' code and variables as it did")
    built.write_text(made)
    return built


class StandIn:
    """`vitals local` in a container, on a network that functions join."""

    def __init__(self, vitals):
        self.name = f"vitals-local-{os.getpid()}"
        self.network = docker("network", "create", self.name) and self.name
        docker("run", "--detach", "--name", self.name, "--network", self.network, "--publish", "127.0.0.1::4566",
               "--volume", f"{vitals}:/vitals:ro", "--volume", f"{PROJECT}/examples:/examples:ro",
               "--entrypoint", "/vitals", IMAGE, "local", "--listen", "0.0.0.0:4566",
               "--delivery-channels", "/examples/delivery-channels.json")
        self.address = docker("port", self.name, "4566/tcp").splitlines()[0]

    def evaluations(self, rule):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for _ in range(50):
            try:
                with opener.open(f"http://{self.address}/_vitals/evaluations?rule={rule}") as answer:
                    return json.load(answer)
            except OSError as error:
                failed = error
                time.sleep(0.1)
        fail(f"the stand-in does not answer at {self.address}: {failed}")

    def stop(self):
        for command in (["rm", "--force", self.name], ["network", "rm", self.network]):
            subprocess.run(["docker", *command], capture_output=True)


def invoke(sam, stand_in, functions, rule, function, template):
    """What AWS Config holds of the rule after its function handled the rule's sample event."""
    built = lay_out(function, template, functions / rule, f"http://{stand_in.name}:4566")
    answer = run(sam, "local", "invoke", function, "--template", built, "--event", PROJECT / "events" / f"{rule}.json",
                 "--docker-network", stand_in.network, "--skip-pull-image")
    if answer.strip() != "null":
        fail(f"the function of {rule} answered {answer.strip()}")
    return stand_in.evaluations(rule)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rules", nargs="+", metavar="RULE")
    parser.add_argument("--functions", type=Path, required=True, help="folder of the binaries, with vitals among them")
    parser.add_argument("--sam", type=Path, required=True)
    parser.add_argument("--optional", action="store_true", help="succeed where no Docker engine answers")
    options = parser.parse_args()

    found = {rule: function_of(rule) for rule in options.rules}
    if not engine_answers():
        if options.optional:
            print("note: no Docker engine answers, so `sam local invoke` was not tried")
            return
        fail("no Docker engine answers; start one, or use `vitals invoke`, which needs none")
    functions = options.functions.resolve()
    stand_in = StandIn(functions / "vitals")
    try:
        for rule, (function, template) in found.items():
            held = invoke(options.sam.absolute(), stand_in, functions, rule, function, template)
            if not held:
                fail(f"AWS Config would hold nothing of {rule}")
            print(json.dumps(held, indent=2))
    finally:
        stand_in.stop()


if __name__ == "__main__":
    main()
