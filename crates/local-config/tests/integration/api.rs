//! The operations.

use local_config::{Answer, Compliance, Operation, Rule};
use serde_json::{Value, json};

use crate::{Local, evaluation, item};

const TOKEN: &str = "vitals-local:my-rule";

#[test]
fn what_comes_before_the_body_is_checked() {
    let local = Local::start();
    let post = |target: &str, authorization: &str| {
        let request = local.agent.post(local.server.url());
        let request = request.header("content-type", "application/x-amz-json-1.1");
        let request = request.header("x-amz-target", target).header("authorization", authorization);
        crate::reply(request.send("{}").unwrap()).unwrap()
    };
    let signed = "AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=y";
    for (target, authorization, status, code) in [
        ("StarlingDoveService.DescribeConfigRules", "", 403, "MissingAuthenticationTokenException"),
        ("StarlingDoveService.DescribeConfigRules", "Bearer x", 403, "IncompleteSignatureException"),
        ("StarlingDoveService.PutConfigRule", signed, 400, "UnknownOperationException"),
        ("DescribeConfigRules", signed, 400, "UnknownOperationException"),
    ] {
        let reply = post(target, authorization);
        assert_eq!((reply.status, reply.body["__type"].as_str()), (status, Some(code)));
    }
    assert_eq!(local.post("DescribeConfigRules", "{").unwrap().body["__type"], "SerializationException");
    assert_eq!(local.code("PutEvaluations", &json!({"ResultToken": 1})), "SerializationException");

    let answers: Vec<Answer> = local.state().calls().into_iter().map(|call| call.answer).collect();
    assert_eq!(answers[2], Answer::Error("UnknownOperationException".to_owned()));
    assert_eq!(answers.len(), 6);
}

#[test]
fn evaluations_are_kept_by_resource_and_time() {
    let local = Local::with_rule("my-rule");
    let put = |evaluations: Value| {
        let request = json!({"ResultToken": TOKEN, "Evaluations": evaluations});
        assert_eq!(local.ok("PutEvaluations", &request), json!({"FailedEvaluations": []}));
    };
    put(json!([]));
    let mut noncompliant = evaluation("b", "NON_COMPLIANT", 1_709_287_346.719);
    noncompliant["Annotation"] = "Versioning is off".into();
    put(json!([noncompliant, evaluation("a", "COMPLIANT", 1_709_287_346.0)]));
    put(json!([evaluation("b", "COMPLIANT", 1_709_287_346.718)]));
    put(json!([evaluation("c", "NOT_APPLICABLE", 1_709_287_346.0)]));

    let stored: Vec<_> = local.state().evaluations("my-rule");
    let seen: Vec<_> = stored.iter().map(|e| (e.resource_id.as_str(), e.compliance)).collect();
    assert_eq!(seen, [("a", Compliance::Compliant), ("b", Compliance::NonCompliant), ("c", Compliance::NotApplicable)]);
    assert_eq!(stored[1].ordering_timestamp.to_string(), "2024-03-01T10:02:26.719Z");
    assert_eq!(local.state().calls_of(Operation::PutEvaluations).len(), 4);

    let details = local.ok("GetComplianceDetailsByConfigRule", &json!({"ConfigRuleName": "my-rule"}));
    let results = details["EvaluationResults"].as_array().unwrap();
    assert_eq!(results.len(), 2, "what is not applicable is cleaned up");
    let recorded = &results[1]["ResultRecordedTime"];
    assert!(recorded.is_f64());
    assert_eq!(
        results[1],
        json!({
            "EvaluationResultIdentifier": {
                "EvaluationResultQualifier": {
                    "ConfigRuleName": "my-rule", "ResourceType": "AWS::S3::Bucket", "ResourceId": "b",
                    "EvaluationMode": "DETECTIVE"
                },
                "OrderingTimestamp": 1_709_287_346.719
            },
            "ComplianceType": "NON_COMPLIANT", "Annotation": "Versioning is off",
            "ResultRecordedTime": recorded, "ConfigRuleInvokedTime": recorded
        })
    );
}

#[test]
fn evaluations_are_refused_as_the_service_refuses_them() {
    let local = Local::with_rule("my-rule");
    let put = |evaluation: Value| {
        local.refused("PutEvaluations", &json!({"ResultToken": TOKEN, "Evaluations": [evaluation]}))
    };
    let with = |member: &str, value: Value| {
        let mut evaluation = evaluation("b", "COMPLIANT", 1.0);
        evaluation[member] = value;
        evaluation
    };
    for (evaluation, code, at) in [
        (with("Annotation", "".into()), "ValidationException", "'evaluations.1.member.annotation'"),
        (with("Annotation", "x".repeat(257).into()), "ValidationException", "less than or equal to 256"),
        (with("ComplianceResourceId", "x".repeat(769).into()), "ValidationException", "less than or equal to 768"),
        (with("ComplianceResourceId", Value::Null), "ValidationException", "Member must not be null"),
        (with("ComplianceType", "FINE".into()), "ValidationException", "enum value set: [COMPLIANT,"),
        (with("OrderingTimestamp", Value::Null), "ValidationException", "'evaluations.1.member.orderingTimestamp'"),
        (with("OrderingTimestamp", "2024-03-01T10:02:26Z".into()), "SerializationException", "expected f64"),
        (with("ComplianceType", "INSUFFICIENT_DATA".into()), "InvalidParameterValueException", "INSUFFICIENT_DATA"),
        (
            with("ComplianceResourceType", "AWS::Account".into()),
            "InvalidParameterValueException",
            "The resource type AWS::Account is invalid.",
        ),
    ] {
        let (got, message) = put(evaluation);
        assert_eq!(got, code, "{message}");
        assert!(message.contains(at), "{message}");
    }
    let (code, message) = local.refused(
        "PutEvaluations",
        &json!({"ResultToken": TOKEN, "Evaluations": vec![evaluation("b", "COMPLIANT", 1.0); 101]}),
    );
    assert_eq!(code, "ValidationException");
    assert!(
        message.ends_with(
            "at 'evaluations' failed to satisfy constraint: Member must have length less than or equal to 100"
        )
    );
    assert!(local.state().evaluations("my-rule").is_empty());

    let account = with("ComplianceResourceType", "AWS::::Account".into());
    local.ok("PutEvaluations", &json!({"ResultToken": TOKEN, "Evaluations": [account]}));
    local.ok(
        "PutEvaluations",
        &json!({"ResultToken": TOKEN, "Evaluations": vec![evaluation("b", "COMPLIANT", 1.0); 100]}),
    );
}

#[test]
fn a_token_belongs_to_a_rule() {
    let local = Local::with_rule("my-rule");
    let state = local.state();
    let put = |token: &str| local.call("PutEvaluations", &json!({"ResultToken": token, "Evaluations": []})).body;
    let ok = json!({"FailedEvaluations": []});

    assert_eq!(put("recorded")["__type"], "InvalidResultTokenException");
    assert_eq!(put("vitals-local:other")["__type"], "InvalidResultTokenException");
    state.accept_token("recorded", "my-rule").unwrap();
    let issued = state.issue_token("my-rule").unwrap();
    for token in ["recorded", &issued, TOKEN, "vitals-local:my-rule:7"] {
        assert_eq!(put(token), ok, "{token}");
    }
    assert!(state.issue_token("other").is_err());

    state.remove_rule("my-rule").unwrap();
    for token in ["recorded", &issued, TOKEN] {
        assert_eq!(put(token)["__type"], "NoSuchConfigRuleException", "{token}");
    }

    let test_mode = |token: Value| {
        let evaluations = [evaluation("b", "COMPLIANT", 1.0)];
        local.call("PutEvaluations", &json!({"ResultToken": token, "TestMode": true, "Evaluations": evaluations})).body
    };
    assert_eq!(test_mode("anything".into()), ok);
    assert_eq!(test_mode(Value::Null)["__type"], "ValidationException");
    assert!(state.all_evaluations().is_empty());
}

#[test]
fn compliance_details_are_filtered_and_paged() {
    let local = Local::with_rule("my-rule");
    let evaluations: Vec<Value> = (0..25)
        .map(|n| evaluation(&format!("b{n:02}"), if n < 5 { "NON_COMPLIANT" } else { "COMPLIANT" }, 1.0))
        .collect();
    local.ok("PutEvaluations", &json!({"ResultToken": TOKEN, "Evaluations": evaluations}));

    let mut request = json!({"ConfigRuleName": "my-rule"});
    let mut sizes = Vec::new();
    loop {
        let page = local.ok("GetComplianceDetailsByConfigRule", &request);
        sizes.push(page["EvaluationResults"].as_array().unwrap().len());
        match page.get("NextToken") {
            Some(token) => request["NextToken"] = token.clone(),
            None => break,
        }
    }
    assert_eq!(sizes, [10, 10, 5]);

    let filtered = json!({"ConfigRuleName": "my-rule", "ComplianceTypes": ["NON_COMPLIANT"], "Limit": 100});
    let page = local.ok("GetComplianceDetailsByConfigRule", &filtered);
    assert_eq!(page["EvaluationResults"].as_array().unwrap().len(), 5);
    assert_eq!(page.get("NextToken"), None);

    for (request, code) in [
        (json!({}), "ValidationException"),
        (json!({"ConfigRuleName": "x".repeat(65)}), "ValidationException"),
        (json!({"ConfigRuleName": "my-rule", "Limit": 101}), "ValidationException"),
        (json!({"ConfigRuleName": "other"}), "NoSuchConfigRuleException"),
        (json!({"ConfigRuleName": "my-rule", "NextToken": "x"}), "InvalidNextTokenException"),
        (
            json!({"ConfigRuleName": "my-rule", "ComplianceTypes": ["INSUFFICIENT_DATA"]}),
            "InvalidParameterValueException",
        ),
    ] {
        assert_eq!(local.code("GetComplianceDetailsByConfigRule", &request), code, "{request}");
    }
}

#[test]
fn history_is_ordered_bounded_and_paged() {
    let local = Local::start();
    for (captured, status) in [
        ("2024-03-01T10:00:00.000Z", "ResourceDiscovered"),
        ("2024-03-03T10:00:00.000Z", "ResourceDeleted"),
        ("2024-03-02T10:00:00.500Z", "OK"),
    ] {
        local.state().put_item(&item("b", captured, status)).unwrap();
    }
    let history = |extra: Value| {
        let mut request = json!({"resourceType": "AWS::S3::Bucket", "resourceId": "b"});
        request.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        local.call("GetResourceConfigHistory", &request).body
    };
    let statuses = |page: &Value| -> Vec<String> {
        let items = page["configurationItems"].as_array().unwrap();
        items.iter().map(|item| item["configurationItemStatus"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(statuses(&history(json!({}))), ["ResourceDeleted", "OK", "ResourceDiscovered"]);
    let forward = history(json!({"chronologicalOrder": "Forward", "limit": 0}));
    assert_eq!(statuses(&forward), ["ResourceDiscovered", "OK", "ResourceDeleted"]);

    // What a rule asks after an oversized notification: the item captured at exactly that time.
    let exact = history(json!({"laterTime": 1_709_373_600.5, "limit": 1}));
    assert_eq!(statuses(&exact), ["OK"]);
    assert_eq!(exact["configurationItems"][0]["configurationItemCaptureTime"], 1_709_373_600.5);
    assert_eq!(exact["configurationItems"][0]["configuration"], r#"{"name":"b","owner":{"id":"e7c8"}}"#);
    let next = history(json!({"laterTime": 1_709_373_600.5, "limit": 1, "nextToken": exact["nextToken"]}));
    assert_eq!(statuses(&next), ["ResourceDiscovered"]);
    assert_eq!(next.get("nextToken"), None);
    let middle = history(json!({"earlierTime": 1_709_373_600.5, "laterTime": 1_709_373_601}));
    assert_eq!(statuses(&middle), ["OK"]);

    for (extra, code) in [
        (json!({"resourceId": "other"}), "ResourceNotDiscoveredException"),
        (json!({"resourceId": ""}), "ValidationException"),
        (json!({"resourceType": "AWS::S3::Bukket"}), "ValidationException"),
        (json!({"chronologicalOrder": "Backward"}), "ValidationException"),
        (json!({"limit": 101}), "InvalidLimitException"),
        (json!({"nextToken": "x"}), "InvalidNextTokenException"),
        (json!({"earlierTime": 2, "laterTime": 1}), "InvalidTimeRangeException"),
    ] {
        assert_eq!(history(extra.clone())["__type"], code, "{extra}");
    }
}

#[test]
fn a_batch_has_base_items_of_what_exists() {
    let local = Local::start();
    local.state().put_item(&item("b", "2024-03-01T10:00:00Z", "OK")).unwrap();
    local.state().put_item(&item("gone", "2024-03-01T10:00:00Z", "OK")).unwrap();
    local.state().put_item(&item("gone", "2024-03-02T10:00:00Z", "ResourceDeleted")).unwrap();
    let key = |id: &str| json!({"resourceType": "AWS::S3::Bucket", "resourceId": id});

    let answer = local.ok("BatchGetResourceConfig", &json!({"resourceKeys": [key("b"), key("gone"), key("other")]}));
    assert_eq!(
        answer,
        json!({
            "baseConfigurationItems": [{
                "version": "1.3", "accountId": "123456789012", "arn": "arn:aws:s3:::b",
                "configurationItemCaptureTime": 1_709_287_200.0, "configurationItemStatus": "OK",
                "resourceType": "AWS::S3::Bucket", "resourceId": "b", "resourceName": "b", "awsRegion": "eu-west-1",
                "configuration": r#"{"name":"b","owner":{"id":"e7c8"}}"#,
                "supplementaryConfiguration": {"AccessControlList": r#""{\"grantList\":[]}""#}
            }],
            "unprocessedResourceKeys": []
        })
    );
    for keys in [json!([]), json!(vec![key("b"); 101]), json!([{"resourceId": "b"}])] {
        assert_eq!(local.code("BatchGetResourceConfig", &json!({"resourceKeys": keys})), "ValidationException");
    }
}

#[test]
fn resources_are_listed_by_type() {
    let local = Local::start();
    for id in ["c", "a", "b"] {
        local.state().put_item(&item(id, "2024-03-01T10:00:00Z", "OK")).unwrap();
    }
    local.state().put_item(&item("b", "2024-03-02T10:00:00Z", "ResourceDeleted")).unwrap();
    let list = |extra: Value| {
        let mut request = json!({"resourceType": "AWS::S3::Bucket"});
        request.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        local.call("ListDiscoveredResources", &request).body
    };
    let a = json!({"resourceType": "AWS::S3::Bucket", "resourceId": "a", "resourceName": "a"});
    let b = json!({
        "resourceType": "AWS::S3::Bucket", "resourceId": "b", "resourceName": "b", "resourceDeletionTime": 1_709_373_600.0
    });
    let c = json!({"resourceType": "AWS::S3::Bucket", "resourceId": "c", "resourceName": "c"});

    assert_eq!(list(json!({})), json!({"resourceIdentifiers": [a, c]}));
    let with_deleted = json!({"includeDeletedResources": true, "limit": 2});
    let page = list(with_deleted);
    assert_eq!(page["resourceIdentifiers"], json!([a, b]));
    let next = list(json!({"includeDeletedResources": true, "limit": 2, "nextToken": page["nextToken"]}));
    assert_eq!(next, json!({"resourceIdentifiers": [c]}));
    assert_eq!(list(json!({"resourceIds": ["c", "x"]})), json!({"resourceIdentifiers": [c]}));
    assert_eq!(list(json!({"resourceName": "a"})), json!({"resourceIdentifiers": [a]}));
    assert_eq!(list(json!({"resourceType": "AWS::SNS::Topic"})), json!({"resourceIdentifiers": []}));

    assert_eq!(list(json!({"resourceIds": vec!["x"; 21]}))["__type"], "ValidationException");
    assert_eq!(list(json!({"resourceIds": ["a"], "resourceName": "a"}))["__type"], "ValidationException");
    assert_eq!(list(json!({"limit": 101}))["__type"], "InvalidLimitException");
}

#[test]
fn a_query_answers_strings_of_json() {
    let local = Local::start();
    local.state().put_item(&item("b", "2024-03-01T10:00:00Z", "OK")).unwrap();
    local.state().put_item(&item("gone", "2024-03-02T10:00:00Z", "ResourceDeleted")).unwrap();
    let select = |expression: &str| {
        let answer = local.ok("SelectResourceConfig", &json!({"Expression": expression}));
        let results = answer["Results"].as_array().unwrap().iter();
        results.map(|row| serde_json::from_str::<Value>(row.as_str().unwrap()).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(
        select(
            "SELECT resourceId, tags, configuration.owner.id, configuration.absent, supplementaryConfiguration.AccessControlList WHERE resourceType = 'AWS::S3::Bucket'"
        ),
        [json!({
            "resourceId": "b", "configuration": {"owner": {"id": "e7c8"}},
            "supplementaryConfiguration": {"AccessControlList": r#"{"grantList":[]}"#},
            "tags": [{"tag": "team=data", "key": "team", "value": "data"}]
        })]
    );
    assert_eq!(
        select("SELECT * WHERE resourceType = 'AWS::S3::Bucket' AND configurationItemStatus = 'OK'"),
        [json!({
            "accountId": "123456789012", "arn": "arn:aws:s3:::b", "awsRegion": "eu-west-1",
            "configurationItemCaptureTime": "2024-03-01T10:00:00.000Z", "resourceId": "b", "resourceName": "b",
            "resourceType": "AWS::S3::Bucket", "version": "1.3"
        })]
    );
    assert!(select("SELECT * WHERE resourceType = 'AWS::S3::Bucket' AND awsRegion = 'us-east-1'").is_empty());
    let fields = local.ok("SelectResourceConfig", &json!({"Expression": "SELECT arn WHERE resourceType = 'X'"}));
    assert_eq!(fields["QueryInfo"], json!({"SelectFields": [{"Name": "arn"}]}));

    let (code, message) = local.refused("SelectResourceConfig", &json!({"Expression": "SELECT arn"}));
    assert_eq!(code, "InvalidExpressionException");
    assert!(message.contains("understood here is: SELECT"), "{message}");
    assert_eq!(local.code("SelectResourceConfig", &json!({"Expression": "x".repeat(4097)})), "ValidationException");
}

#[test]
fn rules_are_described() {
    let local = Local::with_rule("my-rule");
    let mut scoped = Rule::new("scoped");
    scoped.resource_types = vec!["AWS::S3::Bucket".to_owned()];
    local.state().register_rule(scoped.clone()).unwrap();

    let all = local.ok("DescribeConfigRules", &json!({}));
    assert_eq!(all["ConfigRules"].as_array().unwrap().len(), 2);
    let one = local.ok("DescribeConfigRules", &json!({"ConfigRuleNames": ["scoped"]}));
    assert_eq!(
        one["ConfigRules"],
        json!([{
            "ConfigRuleName": "scoped", "ConfigRuleArn": scoped.arn(), "ConfigRuleId": scoped.id(),
            "Scope": {"ComplianceResourceTypes": ["AWS::S3::Bucket"]},
            "Source": {
                "Owner": "CUSTOM_LAMBDA", "SourceIdentifier": "arn:aws:lambda:us-east-1:123456789012:function:vitals-scoped"
            },
            "ConfigRuleState": "ACTIVE", "EvaluationModes": [{"Mode": "DETECTIVE"}]
        }])
    );
    let none = local.ok("DescribeConfigRules", &json!({"Filters": {"EvaluationMode": "PROACTIVE"}}));
    assert_eq!(none, json!({"ConfigRules": []}));
    let unknown = json!({"ConfigRuleNames": ["my-rule", "other"]});
    assert_eq!(local.code("DescribeConfigRules", &unknown), "NoSuchConfigRuleException");
}

#[test]
fn delivery_channels_are_read_as_the_cli_prints_them() {
    let local = Local::start();
    assert_eq!(local.ok("DescribeDeliveryChannels", &json!({})), json!({"DeliveryChannels": []}));
    let channels = json!({
        "DeliveryChannels": [{
            "name": "default", "s3BucketName": "config-bucket", "snsTopicARN": "arn:aws:sns:eu-west-1:123456789012:t",
            "configSnapshotDeliveryProperties": {"deliveryFrequency": "TwentyFour_Hours"}
        }],
        "DeliveryChannelsStatus": [{
            "name": "default",
            "configHistoryDeliveryInfo": {
                "lastStatus": "Failure", "lastErrorCode": "AccessDenied", "lastAttemptTime": "2024-03-01T11:00:00.250000+01:00"
            },
            "configStreamDeliveryInfo": {"lastStatus": "Not_Applicable"}
        }]
    });
    assert_eq!(local.control_post("delivery-channels", &channels).status, 204);
    assert_eq!(
        local.ok("DescribeDeliveryChannels", &json!({"DeliveryChannelNames": ["default"]}))["DeliveryChannels"],
        channels["DeliveryChannels"]
    );
    let mut status = channels["DeliveryChannelsStatus"].clone();
    status[0]["configHistoryDeliveryInfo"]["lastAttemptTime"] = json!(1_709_287_200.25);
    assert_eq!(local.ok("DescribeDeliveryChannelStatus", &json!({}))["DeliveryChannelsStatus"], status);
    let unknown = json!({"DeliveryChannelNames": ["other"]});
    assert_eq!(local.code("DescribeDeliveryChannelStatus", &unknown), "NoSuchDeliveryChannelException");
}
