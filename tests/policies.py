"""Lints IAM policies: a JSON object of place and policy on standard input, a JSON list of findings on standard output."""

import json
import sys

import parliament

# A rule looks at every resource of its type.
EXPECTED = {"RESOURCE_STAR"}

findings = []
for place, policy in json.load(sys.stdin).items():
    for finding in parliament.analyze_policy_string(json.dumps(policy), include_community_auditors=False).findings:
        if finding.issue not in EXPECTED:
            findings.append(f"{place}: {finding.issue}: {finding.detail}")
json.dump(findings, sys.stdout)
