"""Compares the stand-in for AWS Config and Systems Manager with botocore's models of the services.

Calls every operation that the stand-in answers, as botocore does, and holds each raw answer member by member against
the model. Then violates the model's constraints one by one, and provokes errors: each must be refused, by an error
that the operation can return.

usage: botocore_check.py URL OPERATION...    (the operations that the stand-in answers)
"""

import copy
import json
import sys
import urllib.request

import botocore
import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

# In no operation's list of errors, but every operation of every service can return them.
COMMON = {
    "AccessDeniedException",
    "InternalFailure",
    "MissingAuthenticationTokenException",
    "SerializationException",
    "ThrottlingException",
    "UnknownOperationException",
    "ValidationException",
}

RULE = "my-rule"
TOKEN = f"vitals-local:{RULE}"
BUCKETS = [f"bucket-{number}" for number in range(3)]
CHANNELS = {
    "DeliveryChannels": [
        {
            "name": "default",
            "s3BucketName": "bucket",
            "s3KeyPrefix": "prefix",
            "s3KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/k",
            "snsTopicARN": "arn:aws:sns:us-east-1:123456789012:topic",
            "configSnapshotDeliveryProperties": {"deliveryFrequency": "TwentyFour_Hours"},
        }
    ],
    "DeliveryChannelsStatus": [
        {
            "name": "default",
            "configSnapshotDeliveryInfo": {
                "lastStatus": "FAILURE",
                "lastErrorCode": "AccessDenied",
                "lastErrorMessage": "Access Denied",
                "lastAttemptTime": "2024-03-01T10:00:00.000000+00:00",
                "lastSuccessfulTime": "2024-02-01T10:00:00.000000+00:00",
                "nextDeliveryTime": "2024-03-02T10:00:00.000000+00:00",
            },
            "configHistoryDeliveryInfo": {"lastStatus": "SUCCESS", "lastSuccessfulTime": "2024-03-01T10:00:00Z"},
            "configStreamDeliveryInfo": {"lastStatus": "SUCCESS", "lastStatusChangeTime": "2024-03-01T10:00:00Z"},
        }
    ],
}


def item(resource_id, status="OK"):
    """A configuration item in the shape of an event."""
    return {
        "configurationItemVersion": "1.3",
        "awsAccountId": "123456789012",
        "ARN": f"arn:aws:s3:::{resource_id}",
        "configurationItemCaptureTime": "2024-03-01T10:02:26.719Z",
        "configurationItemStatus": status,
        "configurationStateId": 1709287346719,
        "configurationStateMd5Hash": "",
        "resourceType": "AWS::S3::Bucket",
        "resourceId": resource_id,
        "resourceName": resource_id,
        "resourceCreationTime": "2024-03-01T10:00:00.000Z",
        "awsRegion": "us-east-1",
        "availabilityZone": "Regional",
        "tags": {"team": "data"},
        "relatedEvents": [],
        "relationships": [{"resourceType": "AWS::KMS::Key", "resourceId": "k", "name": "Is encrypted by"}],
        "configuration": None if status == "ResourceDeleted" else {"name": resource_id},
        "supplementaryConfiguration": {"BucketPolicy": {"policyText": "{}"}, "IsRequesterPaysEnabled": False},
    }


def evaluation(resource_id, compliance):
    return {
        "ComplianceResourceType": "AWS::S3::Bucket",
        "ComplianceResourceId": resource_id,
        "ComplianceType": compliance,
        "Annotation": "because",
        "OrderingTimestamp": "2024-03-01T10:02:26.719Z",
    }


# For each operation, calls that succeed. Together they should fill every member that the stand-in knows.
CALLS = {
    "PutEvaluations": [
        {
            "ResultToken": TOKEN,
            "Evaluations": [
                evaluation(BUCKETS[0], "COMPLIANT"),
                evaluation(BUCKETS[1], "NON_COMPLIANT"),
                evaluation(BUCKETS[2], "NOT_APPLICABLE"),
            ],
        },
        {"ResultToken": "anything", "TestMode": True, "Evaluations": []},
    ],
    "GetComplianceDetailsByConfigRule": [
        {"ConfigRuleName": RULE},
        {"ConfigRuleName": RULE, "Limit": 1, "ComplianceTypes": ["COMPLIANT", "NON_COMPLIANT"]},
    ],
    "GetResourceConfigHistory": [
        {"resourceType": "AWS::S3::Bucket", "resourceId": BUCKETS[0]},
        {"resourceType": "AWS::S3::Bucket", "resourceId": "gone", "limit": 1},
        {
            "resourceType": "AWS::S3::Bucket",
            "resourceId": BUCKETS[0],
            "laterTime": "2024-03-01T10:02:26.719Z",
            "earlierTime": "2024-02-01T00:00:00Z",
            "chronologicalOrder": "Forward",
        },
    ],
    "BatchGetResourceConfig": [
        {"resourceKeys": [{"resourceType": "AWS::S3::Bucket", "resourceId": name} for name in [*BUCKETS, "unknown"]]}
    ],
    "ListDiscoveredResources": [
        {"resourceType": "AWS::S3::Bucket", "limit": 1},
        {"resourceType": "AWS::S3::Bucket", "includeDeletedResources": True, "resourceIds": ["gone"]},
        {"resourceType": "AWS::S3::Bucket", "resourceName": BUCKETS[0]},
        {"resourceType": "AWS::EC2::Instance"},
    ],
    "DescribeConfigRules": [
        {},
        {"ConfigRuleNames": [RULE], "Filters": {"EvaluationMode": "DETECTIVE"}},
    ],
    "SelectResourceConfig": [
        {"Expression": "SELECT resourceId, configuration.name, tags WHERE resourceType = 'AWS::S3::Bucket'", "Limit": 1},
    ],
    "DescribeDeliveryChannels": [{}, {"DeliveryChannelNames": ["default"]}],
    "DescribeDeliveryChannelStatus": [{}, {"DeliveryChannelNames": ["default"]}],
    "StartConfigRulesEvaluation": [{"ConfigRuleNames": [RULE]}],
    "PutParameter": [
        {"Name": "/vitals/new", "Value": "[]", "Type": "String"},
        {"Name": "/vitals/new", "Value": "[1]", "Type": "String", "Overwrite": True},
    ],
    "GetParameter": [{"Name": "/vitals/exceptions/rule-0"}],
    "GetParametersByPath": [
        {"Path": "/vitals/exceptions"},
        {"Path": "/vitals/", "Recursive": True, "MaxResults": 3},
        {"Path": "/vitals"},
    ],
}

# The operations of Systems Manager; all others are AWS Config's.
SSM = {"PutParameter", "GetParameter", "GetParametersByPath"}

# Errors that a constraint of the model does not foresee: operation, request, code.
ERRORS = [
    ("PutEvaluations", {"ResultToken": "forged", "Evaluations": []}, "InvalidResultTokenException"),
    ("PutEvaluations", {"ResultToken": "vitals-local:removed-rule", "Evaluations": []}, "NoSuchConfigRuleException"),
    (
        "PutEvaluations",
        {"ResultToken": TOKEN, "Evaluations": [evaluation("b", "INSUFFICIENT_DATA")]},
        "InvalidParameterValueException",
    ),
    (
        "PutEvaluations",
        {
            "ResultToken": TOKEN,
            "Evaluations": [{**evaluation("b", "COMPLIANT"), "ComplianceResourceType": "AWS::Account"}],
        },
        "InvalidParameterValueException",
    ),
    ("GetComplianceDetailsByConfigRule", {"ConfigRuleName": "nobody's"}, "NoSuchConfigRuleException"),
    (
        "GetComplianceDetailsByConfigRule",
        {"ConfigRuleName": RULE, "ComplianceTypes": ["INSUFFICIENT_DATA"]},
        "InvalidParameterValueException",
    ),
    ("GetComplianceDetailsByConfigRule", {"ConfigRuleName": RULE, "NextToken": "x"}, "InvalidNextTokenException"),
    (
        "GetResourceConfigHistory",
        {"resourceType": "AWS::S3::Bucket", "resourceId": "unknown"},
        "ResourceNotDiscoveredException",
    ),
    (
        "GetResourceConfigHistory",
        {
            "resourceType": "AWS::S3::Bucket",
            "resourceId": BUCKETS[0],
            "laterTime": "2024-01-01T00:00:00Z",
            "earlierTime": "2024-02-01T00:00:00Z",
        },
        "InvalidTimeRangeException",
    ),
    (
        "GetResourceConfigHistory",
        {"resourceType": "AWS::S3::Bucket", "resourceId": BUCKETS[0], "limit": 101},
        "InvalidLimitException",
    ),
    (
        "GetResourceConfigHistory",
        {"resourceType": "AWS::S3::Bucket", "resourceId": BUCKETS[0], "nextToken": "x"},
        "InvalidNextTokenException",
    ),
    ("ListDiscoveredResources", {"resourceType": "AWS::S3::Bucket", "limit": 101}, "InvalidLimitException"),
    ("ListDiscoveredResources", {"resourceType": "AWS::S3::Bucket", "nextToken": "x"}, "InvalidNextTokenException"),
    (
        "ListDiscoveredResources",
        {"resourceType": "AWS::S3::Bucket", "resourceIds": [str(number) for number in range(21)]},
        "ValidationException",
    ),
    ("DescribeConfigRules", {"ConfigRuleNames": ["nobody's"]}, "NoSuchConfigRuleException"),
    ("DescribeConfigRules", {"NextToken": "x"}, "InvalidNextTokenException"),
    ("SelectResourceConfig", {"Expression": "DROP TABLE x"}, "InvalidExpressionException"),
    (
        "SelectResourceConfig",
        {"Expression": "SELECT arn WHERE resourceType = 'AWS::S3::Bucket'", "Limit": 101},
        "InvalidLimitException",
    ),
    (
        "SelectResourceConfig",
        {"Expression": "SELECT arn WHERE resourceType = 'AWS::S3::Bucket'", "NextToken": "x"},
        "InvalidNextTokenException",
    ),
    ("StartConfigRulesEvaluation", {"ConfigRuleNames": ["nobody's"]}, "NoSuchConfigRuleException"),
    ("StartConfigRulesEvaluation", {"ConfigRuleNames": [RULE]}, "LimitExceededException"),
    ("StartConfigRulesEvaluation", {}, "InvalidParameterValueException"),
    ("PutParameter", {"Name": "/vitals/new", "Value": "[]", "Type": "String"}, "ParameterAlreadyExists"),
    ("PutParameter", {"Name": "/vitals/newer", "Value": "[]"}, "ValidationException"),
    ("PutParameter", {"Name": "/vitals/newer", "Value": "x" * 4097, "Type": "String"}, "ValidationException"),
    ("PutParameter", {"Name": "/vitals/newer", "Value": "[]", "Type": "SecureString"}, "UnsupportedParameterType"),
    ("GetParameter", {"Name": "/vitals/exceptions/nobody's"}, "ParameterNotFound"),
    ("GetParametersByPath", {"Path": "/vitals", "NextToken": "x"}, "InvalidNextToken"),
    ("GetParametersByPath", {"Path": "vitals"}, "ValidationException"),
    ("DescribeDeliveryChannels", {"DeliveryChannelNames": ["other"]}, "NoSuchDeliveryChannelException"),
    ("DescribeDeliveryChannelStatus", {"DeliveryChannelNames": ["other"]}, "NoSuchDeliveryChannelException"),
]


# Faults that every operation can meet.
FAULTS = [
    ("throttle", "ThrottlingException"),
    ("internal-error", "InternalFailure"),
    ("access-denied", "AccessDeniedException"),
]


class Mismatch(Exception):
    pass


class StandIn:
    """The stand-in as botocore sees it, with the raw bytes of each answer."""

    def __init__(self, url):
        self.url = url
        session = botocore.session.Session()
        # botocore would check requests itself, and the point is that the stand-in does.
        config = Config(parameter_validation=False, retries={"total_max_attempts": 1}, proxies={})
        self.clients = {
            service: session.create_client(
                service,
                region_name="us-east-1",
                endpoint_url=url,
                aws_access_key_id="AKIAEXAMPLE",
                aws_secret_access_key="example",
                config=config,
            )
            for service in ("config", "ssm")
        }
        self.raw = None
        for service, client in self.clients.items():
            client.meta.events.register(f"before-parse.{service}", self.keep)

    def client(self, operation):
        return self.clients["ssm" if operation in SSM else "config"]

    def keep(self, response_dict, **_):
        self.raw = response_dict

    def tell(self, path, body=None, method="POST"):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_vitals/{path}", data=data, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as response:
            return response.read()

    def call(self, operation, parameters):
        """The raw answer of a call that succeeds."""
        self.client(operation)._make_api_call(operation, parameters)
        return json.loads(self.raw["body"])

    def refused(self, operation, parameters):
        """Status, code and message of a call that fails."""
        try:
            self.client(operation)._make_api_call(operation, parameters)
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            return status, error.response["Error"]["Code"], error.response["Error"]["Message"]
        raise Mismatch(f"{operation} accepts {short(parameters)}")


def short(value):
    text = json.dumps(value)
    return text if len(text) <= 200 else f"{text[:200]}..."


def compare(shape, value, path, seen):
    """Holds a raw value against its shape."""

    def expect(holds, what):
        if not holds:
            raise Mismatch(f"{path} is {short(value)}, but the model says {what}")

    seen.add(path)
    kind = shape.type_name
    if kind == "structure":
        expect(isinstance(value, dict), "structure")
        unknown = set(value) - set(shape.members)
        expect(not unknown, f"it has no member {', '.join(sorted(unknown))}")
        missing = set(shape.required_members) - set(value)
        expect(not missing, f"it requires {', '.join(sorted(missing))}")
        for name, member in value.items():
            compare(shape.members[name], member, f"{path}.{name}", seen)
    elif kind == "list":
        expect(isinstance(value, list), "list")
        # The shape is the request's too. Of an answer the model says in words that the list may be empty.
        if shape.name != "ResourceKeys" or value:
            bounds(shape, len(value), expect)
        for member in value:
            compare(shape.member, member, f"{path}[]", seen)
    elif kind == "map":
        expect(isinstance(value, dict), "map")
        for key, member in value.items():
            compare(shape.key, key, f"{path}{{key}}", seen)
            compare(shape.value, member, f"{path}{{}}", seen)
    elif kind == "string":
        expect(isinstance(value, str), "string")
        expect(not shape.enum or value in shape.enum, f"one of {', '.join(shape.enum[:5])}, ...")
        bounds(shape, len(value), expect)
    elif kind == "boolean":
        expect(isinstance(value, bool), "boolean")
    elif kind in ("integer", "long"):
        expect(isinstance(value, int) and not isinstance(value, bool), kind)
        bounds(shape, value, expect)
    elif kind == "timestamp":
        expect(isinstance(value, (int, float)) and not isinstance(value, bool), "timestamp, seconds since 1970")
    else:
        raise Mismatch(f"{path} is a {kind}, which this check doesn't know")


def bounds(shape, size, expect):
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    expect(low is None or size >= low, f"at least {low}")
    expect(high is None or size <= high, f"at most {high}")


def violations(shape, value):
    """Copies of a value that each violate one constraint of its shape, with what was done to them."""
    kind = shape.type_name
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if kind == "structure":
        for name in shape.required_members:
            if name in value:
                yield f"without {name}", {key: member for key, member in value.items() if key != name}
        for name, member in value.items():
            for what, violated in violations(shape.members[name], member):
                yield f"{name} {what}", {**value, name: violated}
    elif kind == "list":
        if high is not None and value:
            yield f"of {high + 1}", [copy.deepcopy(value[0]) for _ in range(high + 1)]
        if low:
            yield "of none", []
        for what, violated in violations(shape.member, value[0]) if value else []:
            yield f"[0] {what}", [violated, *value[1:]]
    elif kind == "string":
        if shape.enum:
            yield "outside its values", "SOMETHING_ELSE"
        if high is not None:
            yield f"of length {high + 1}", "x" * (high + 1)
        if low:
            yield "of length 0", ""
    elif kind in ("integer", "long"):
        if high is not None:
            yield f"of {high + 1}", high + 1
        if low is not None:
            yield f"of {low - 1}", low - 1


def check_error(stand_in, operation, parameters, code, why):
    status, found, message = stand_in.refused(operation, parameters)
    modelled = {shape.metadata.get("error", {}).get("code", shape.name) for shape in operation_model(stand_in, operation).error_shapes}
    if found not in modelled | COMMON:
        raise Mismatch(f"{operation} {why} answers {found}, which it can't return: {message}")
    if code and found != code:
        raise Mismatch(f"{operation} {why} answers {found}, not {code}: {message}")
    raw = json.loads(stand_in.raw["body"])
    if raw.get("__type") != found or not raw.get("message"):
        raise Mismatch(f"{operation} {why}: the error's body is {raw}")
    expected = 500 if found == "InternalFailure" else 400
    if status != expected:
        raise Mismatch(f"{operation} {why} answers {found} with status {status}, not {expected}")


def operation_model(stand_in, operation):
    return stand_in.client(operation).meta.service_model.operation_model(operation)


def set_up(stand_in):
    stand_in.tell("rules", [{"name": RULE, "resourceTypes": ["AWS::S3::Bucket"]}, {"name": "removed-rule"}])
    stand_in.tell("rules", [{"name": f"rule-{number}"} for number in range(30)])
    stand_in.tell("rules?rule=removed-rule", method="DELETE")
    stand_in.tell("items", [*map(item, BUCKETS), item("gone", "ResourceDeleted")])
    older = {**item(BUCKETS[0]), "configurationItemCaptureTime": "2024-02-20T00:00:00.000Z"}
    stand_in.tell("items", older)
    stand_in.tell("delivery-channels", CHANNELS)
    for number in range(12):
        stand_in.tell("parameters", {"name": f"/vitals/exceptions/rule-{number}", "value": "[]"})


def follow(stand_in, operation, parameters, shape, seen):
    """Makes a call, and those for its next pages."""
    pages = 0
    while True:
        answer = stand_in.call(operation, parameters)
        compare(shape, answer, operation, seen)
        pages += 1
        name = next((name for name in ("nextToken", "NextToken") if answer.get(name)), None)
        if name is None:
            return pages
        parameters = {**parameters, name: answer[name]}


def check(stand_in, operation):
    model = operation_model(stand_in, operation)
    seen, pages, violated = set(), 0, 0
    for parameters in CALLS[operation]:
        pages += follow(stand_in, operation, parameters, model.output_shape, seen)
    if operation == "PutEvaluations":
        stand_in.tell("faults", {"kind": {"failed-evaluations": {"first": 1}}})
        pages += follow(stand_in, operation, CALLS[operation][0], model.output_shape, seen)
    if operation == "BatchGetResourceConfig":
        stand_in.tell("faults", {"kind": {"unprocessed-keys": {"first": 1}}})
        pages += follow(stand_in, operation, CALLS[operation][0], model.output_shape, seen)
    if operation == "GetResourceConfigHistory":
        stand_in.tell("faults", {"kind": "empty-first-page"})
        pages += follow(stand_in, operation, CALLS[operation][0], model.output_shape, seen)
    for parameters in CALLS[operation]:
        for what, wrong in violations(model.input_shape, parameters):
            check_error(stand_in, operation, wrong, None, f"with {what}")
            violated += 1
    errors = [(parameters, code) for of, parameters, code in ERRORS if of == operation]
    for parameters, code in errors:
        check_error(stand_in, operation, parameters, code, f"of {short(parameters)}")
    for kind, code in FAULTS:
        stand_in.tell("faults", {"kind": kind, "operation": operation})
        check_error(stand_in, operation, CALLS[operation][0], code, f"with the fault {kind}")
    print(
        f"{operation}: {pages} answers with {len(seen)} members compared, {violated} violations and "
        f"{len(errors) + len(FAULTS)} errors refused as modelled"
    )


def main():
    url, *operations = sys.argv[1:]
    stand_in = StandIn(url)
    versions = {service: client.meta.service_model.api_version for service, client in stand_in.clients.items()}
    print(f"botocore {botocore.__version__}, {versions}")
    mismatches = []
    if set(operations) != set(CALLS):
        mismatches.append(f"the stand-in answers {sorted(operations)}, this check calls {sorted(CALLS)}")
    set_up(stand_in)
    for operation in CALLS:
        try:
            check(stand_in, operation)
        except (Mismatch, ClientError) as mismatch:
            mismatches.append(str(mismatch))
    try:
        status, code, _ = stand_in.refused("DescribeConfigurationRecorders", {})
        if (status, code) != (400, "UnknownOperationException"):
            mismatches.append(f"an operation that isn't answered gives {status} {code}")
    except Mismatch as mismatch:
        mismatches.append(str(mismatch))
    pending = json.loads(stand_in.tell("faults", method="GET"))["pending"]
    if pending:
        mismatches.append(f"{pending} faults met no call")
    for mismatch in mismatches:
        print(f"mismatch: {mismatch}", file=sys.stderr)
    return 1 if mismatches else 0


if __name__ == "__main__":
    sys.exit(main())
