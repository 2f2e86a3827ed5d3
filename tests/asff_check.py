"""Holds calls of `BatchImportFindings` against botocore's model of Security Hub and against its documented limits.

The limits are those of the user guide's pages on BatchImportFindings and on the ASFF's attributes, which the model
leaves out.

usage: asff_check.py FILE    (a call a line)
"""

import json
import re
import sys

import botocore.session
from botocore.validate import ParamValidator

MOST_FINDINGS = 100
MOST_BYTES_OF_FINDING = 240 * 1024
MOST_BYTES_OF_CALL = 6 * 1024 * 1024
# Attribute -> most characters.
LENGTHS = {
    "Id": 512,
    "ProductArn": 2048,
    "GeneratorId": 512,
    "Title": 256,
    "Description": 1024,
    "Remediation.Recommendation.Text": 512,
    "Resources.0.Id": 512,
    "Resources.0.Type": 256,
}
REQUIRED_BY_GUIDE = ["Severity", "Types"]
PRODUCT = re.compile(r"arn:(aws|aws-cn|aws-us-gov):securityhub:([a-z0-9-]+):(\d{12}):product/\3/default")


def at(finding, path):
    for step in path.split("."):
        finding = finding[int(step)] if step.isdigit() else finding[step]
    return finding


def check(finding, types):
    for name in REQUIRED_BY_GUIDE:
        assert finding[name], name
    for path, most in LENGTHS.items():
        assert 0 < len(at(finding, path)) <= most, f"{path}: {len(at(finding, path))}"
    product = PRODUCT.fullmatch(finding["ProductArn"])
    assert product, finding["ProductArn"]
    assert finding["AwsAccountId"] == product[3]
    assert finding["Severity"]["Label"] in ("INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL")
    assert finding["Compliance"]["Status"] in ("PASSED", "WARNING", "FAILED", "NOT_AVAILABLE")
    assert finding["RecordState"] in ("ACTIVE", "ARCHIVED")
    assert finding["Workflow"]["Status"] in ("NEW", "NOTIFIED", "RESOLVED", "SUPPRESSED")
    requirements = finding["Compliance"]["RelatedRequirements"]
    assert len(requirements) <= 32 and all(0 < len(one) <= 64 for one in requirements), requirements
    assert finding["Resources"][0]["Type"] in types, finding["Resources"][0]["Type"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", finding["CreatedAt"]), finding["CreatedAt"]
    assert len(finding["ProductFields"]) <= 50
    assert len(json.dumps(finding).encode()) <= MOST_BYTES_OF_FINDING


def main(path):
    model = botocore.session.get_session().get_service_model("securityhub")
    operation = model.operation_model("BatchImportFindings")
    types = set(model.shape_for("ResourceDetails").members)
    ids = set()
    calls = 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            call = json.loads(line)
            report = ParamValidator().validate(call, operation.input_shape)
            assert not report.has_errors(), report.generate_report()
            findings = call["Findings"]
            assert 0 < len(findings) <= MOST_FINDINGS, len(findings)
            assert len(line.encode()) <= MOST_BYTES_OF_CALL, len(line)
            assert len({finding["ProductArn"] for finding in findings}) == 1
            for finding in findings:
                check(finding, types)
                assert finding["Id"] not in ids, finding["Id"]
                ids.add(finding["Id"])
            calls += 1
    assert len(ids) > MOST_FINDINGS, "too few to fill a call"
    print(f"{len(ids)} findings in {calls} calls")


if __name__ == "__main__":
    main(sys.argv[1])
