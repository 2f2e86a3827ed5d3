"""`make unchanged`: after an edit to one rule, are the functions of all others byte-identical?

Edits a copy of the project, never the project itself: it builds each function before and after an edit to one rule, then
once more with what the compiler had kept thrown away, as a fresh machine would.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
RULE = "acm-certificate-expiration-check"
# Logic and words, as people edit a rule: another branch, another sentence, a method that the rule did not call before.
BRANCH = """
        if certificate.source().resource_id().len() > 3_000 {
            return Ok(Verdict::not_applicable(format!("an id of {} bytes", certificate.source().resource_id().len())));
        }
"""


def copy(to):
    tracked = subprocess.check_output(["git", "ls-files", "-z"], cwd=PROJECT, text=True).split("\0")
    if to.exists():
        shutil.rmtree(to)
    for name in filter(None, tracked):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, to / name)


def build(project, target):
    """The SHA-256 of each function."""
    subprocess.run(
        ["cargo", "build", "--locked", "--quiet", "--profile", "lambda", "--package", "functions", "--target-dir", target],
        cwd=project, check=True)
    names = [path.stem for path in (project / "crates/functions/src/bin").glob("*.rs")]
    return {name: hashlib.sha256((target / "lambda" / name).read_bytes()).hexdigest() for name in names}


def edit(project):
    rule = project / "crates/rules/src/acm" / f"{RULE.replace('-', '_')}.rs"
    text = rule.read_text()
    start = re.compile(r"fn evaluate\([^{]*\{\n").search(text, text.index("impl Rule for")).end()
    rule.write_text(text[:start] + BRANCH.lstrip("\n") + text[start:])


def changed(before, after):
    return sorted(name for name in before if before[name] != after[name])


def main():
    folder = Path(sys.argv[1]).resolve()
    project, target = folder / "project", folder / "target"
    copy(project)
    before = build(project, target)
    edit(project)
    after = build(project, target)
    shutil.rmtree(target / "lambda/incremental")
    for package in ("config-item", "config-rule", "rules", "lambda", "functions"):
        subprocess.run(["cargo", "clean", "--locked", "--quiet", "--profile", "lambda", "--package", package,
                        "--target-dir", target], cwd=project, check=True)
    afresh = build(project, target)
    if (others := [name for name in changed(before, after) if name != RULE]) or before[RULE] == after[RULE]:
        sys.exit(f"error: of {len(before)} functions these changed with {RULE}: {', '.join(others) or 'not even its own'}")
    if different := changed(after, afresh):
        sys.exit(f"error: built afresh, these are others: {', '.join(different)}")
    print(f"an edit to {RULE} changed its function; {len(before) - 1} others stayed, also when built afresh")


if __name__ == "__main__":
    main()
