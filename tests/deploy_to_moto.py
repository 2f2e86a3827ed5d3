"""Makes a deployment's AWS Config resources at moto, through botocore and so through AWS's own service model.

Reads the resources' properties as JSON from standard input; prints what was refused as a JSON list.
"""

import io
import json
import sys
import zipfile

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from moto import mock_aws


def as_api(value):
    """The properties of a recorder or a channel, as the API spells them."""
    if isinstance(value, dict):
        return {name[0].lower() + name[1:]: as_api(inner) for name, inner in value.items()}
    return value


def make_functions(names):
    role = boto3.client("iam").create_role(RoleName="functions", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("bootstrap", "")
    awslambda = boto3.client("lambda")
    for name in names:
        awslambda.create_function(
            FunctionName=name,
            Role=role,
            Runtime="provided.al2023",
            Handler="bootstrap",
            Code={"ZipFile": archive.getvalue()},
        )


@mock_aws
def deploy(given):
    refused = []
    config = boto3.client("config")

    def make(place, call, **arguments):
        try:
            call(**arguments)
        except (BotoCoreError, ClientError) as error:
            refused.append(f"{place}: {error}")

    boto3.client("s3").create_bucket(Bucket=given["channel"]["S3BucketName"])
    make("recorder", config.put_configuration_recorder, ConfigurationRecorder=as_api(given["recorder"]))
    make("channel", config.put_delivery_channel, DeliveryChannel=as_api(given["channel"]))
    make("start", config.start_configuration_recorder, ConfigurationRecorderName=given["recorder"]["Name"])
    for place in ("aggregator", "accounts_aggregator"):
        make(place, config.put_configuration_aggregator, **given[place])
    make("authorization", config.put_aggregation_authorization, **given["authorization"])
    make_functions(given["functions"])
    for pack, rules in given["packs"].items():
        for rule in rules:
            rule = dict(rule)
            if "InputParameters" in rule:
                rule["InputParameters"] = json.dumps(rule["InputParameters"])
            make(f"{pack}: {rule['ConfigRuleName']}", config.put_config_rule, ConfigRule=rule)
        # moto stops at 150 rules, AWS Config at 1,000.
        for rule in config.get_paginator("describe_config_rules").paginate().search("ConfigRules"):
            config.delete_config_rule(ConfigRuleName=rule["ConfigRuleName"])
    return refused


json.dump(deploy(json.load(sys.stdin)), sys.stdout)
