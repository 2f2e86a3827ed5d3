//! The item in all its wire shapes.

use std::path::Path;

use config_item::views::{acm, ec2, iam, rds, s3};
use config_item::{ConfigurationItem, ItemError, Status, View, ViewError};
use proptest::prelude::*;
use serde_json::{Value, json};

const ACL: &str = r#"{"grantList":[{"grantee":"AllUsers","permission":"Read"}]}"#;

fn event_shape() -> Value {
    json!({
        "configurationItemVersion": "1.3",
        "configurationItemCaptureTime": "2024-03-01T10:02:26.719Z",
        "configurationStateId": 1_709_287_346_719_u64,
        "awsAccountId": "123456789012",
        "configurationItemStatus": "ResourceDiscovered",
        "resourceType": "AWS::S3::Bucket",
        "resourceId": "example-bucket",
        "resourceName": "example-bucket",
        "ARN": "arn:aws:s3:::example-bucket",
        "awsRegion": "eu-west-1",
        "availabilityZone": "Regional",
        "configurationStateMd5Hash": "",
        "resourceCreationTime": "2024-03-01T10:00:00.000Z",
        "tags": {"team": "data"},
        "relatedEvents": [],
        "relationships": [{"resourceType": "AWS::CloudFormation::Stack", "resourceId": "s", "name": "Is contained in Stack"}],
        "configuration": {"name": "example-bucket", "owner": {"displayName": null, "id": "e7c8"}},
        "supplementaryConfiguration": {
            "AccessControlList": ACL,
            "BucketPolicy": {"policyText": "{\"Statement\":[]}"},
            "IsRequesterPaysEnabled": false,
        },
    })
}

/// As `GetResourceConfigHistory` answers: other names, epoch times, and everything encoded once more.
fn api_shape() -> Value {
    json!({
        "version": "1.3",
        "accountId": "123456789012",
        "configurationItemCaptureTime": 1_709_287_346.719,
        "configurationItemStatus": "ResourceDiscovered",
        "configurationStateId": "1709287346719",
        "configurationItemMD5Hash": "",
        "arn": "arn:aws:s3:::example-bucket",
        "resourceType": "AWS::S3::Bucket",
        "resourceId": "example-bucket",
        "resourceName": "example-bucket",
        "awsRegion": "eu-west-1",
        "tags": {"team": "data"},
        "relationships":
            [{"resourceType": "AWS::CloudFormation::Stack", "resourceId": "s", "relationshipName": "Is contained in Stack"}],
        "configuration": r#"{"name":"example-bucket","owner":{"displayName":null,"id":"e7c8"}}"#,
        "supplementaryConfiguration": {
            "AccessControlList": serde_json::to_string(ACL).expect("a string"),
            "BucketPolicy": r#"{"policyText":"{\"Statement\":[]}"}"#,
            "IsRequesterPaysEnabled": "false",
        },
    })
}

#[test]
fn the_events_and_the_apis_shape_say_the_same() {
    for shape in [event_shape(), api_shape()] {
        let text = shape.to_string();
        let item = ConfigurationItem::from_json(&text).expect("an item");
        assert_eq!(item.resource_type(), "AWS::S3::Bucket");
        assert_eq!(item.resource_id(), "example-bucket");
        assert_eq!(item.account_id(), Some("123456789012"));
        assert_eq!(item.region(), Some("eu-west-1"));
        assert_eq!(item.arn(), Some("arn:aws:s3:::example-bucket"));
        assert_eq!(item.status(), Some(Status::ResourceDiscovered));
        let captured = item.capture_time().expect("readable").expect("there is one");
        assert_eq!(captured.as_millisecond(), 1_709_287_346_719);
        assert_eq!(item.tags().expect("readable").get("team").map(String::as_str), Some("data"));
        let relationships = item.relationships().expect("readable");
        assert_eq!(relationships[0].name.as_deref(), Some("Is contained in Stack"));
        let configuration: Value = serde_json::from_str(item.configuration()).expect("JSON");
        assert_eq!(configuration, event_shape()["configuration"]);
        let bucket = s3::Bucket::read(&item).expect("a bucket");
        let policy = bucket.policy().expect("readable").expect("there is one");
        let text = policy.policy_text().expect("readable").expect("there is one");
        assert_eq!(text.as_str(), Some("{\"Statement\":[]}"));
    }
}

#[test]
fn a_supplementary_value_that_is_null_is_absent_in_either_shape() {
    for value in [Value::Null, json!("null")] {
        let item = json!({
            "resourceType": "AWS::S3::Bucket",
            "resourceId": "example-bucket",
            "configuration": {"name": "example-bucket"},
            "supplementaryConfiguration": {"BucketPolicy": value},
        });
        let text = item.to_string();
        let item = ConfigurationItem::from_json(&text).expect("an item");
        let bucket = s3::Bucket::read(&item).expect("a bucket");
        assert!(bucket.policy().expect("readable").is_none(), "{text}");
    }
}

#[test]
fn a_deleted_item_has_no_configuration_in_any_shape() {
    for configuration in [json!(null), json!("null")] {
        let mut shape = event_shape();
        shape["configuration"] = configuration;
        shape["configurationItemStatus"] = json!("ResourceDeleted");
        let text = shape.to_string();
        let item = ConfigurationItem::from_json(&text).expect("an item");
        assert_eq!(item.configuration(), "null");
        assert!(matches!(s3::Bucket::read(&item), Err(ViewError::NoConfiguration)));
    }
    let minimal = r#"{"resourceType":"AWS::S3::Bucket","resourceId":"b"}"#;
    assert_eq!(ConfigurationItem::from_json(minimal).expect("an item").configuration(), "null");
}

#[test]
fn tags_are_read_as_a_map_and_as_a_list() {
    for tags in [
        json!({"team": "data"}),
        json!([{"key": "team", "value": "data"}]),
        json!([{"Key": "team", "Value": "data"}]),
        json!([{"tagKey": "team", "tagValue": "data"}]),
    ] {
        let text = json!({"resourceType": "T", "resourceId": "r", "tags": tags}).to_string();
        let item = ConfigurationItem::from_json(&text).expect("an item");
        assert_eq!(item.tags().expect(&text).get("team").map(String::as_str), Some("data"), "{text}");
    }
    let odd = r#"{"resourceType":"T","resourceId":"r","tags":"team"}"#;
    let error = ConfigurationItem::from_json(odd).expect("an item").tags().expect_err("no tags");
    assert_eq!(error.to_string(), "tags is something else where an object of strings belongs");
}

#[test]
fn what_is_no_item_says_why() {
    for (text, message) in [
        ("[]", "no JSON object, or not a well-formed one, at line 1 column 1"),
        ("{}", "`resourceType` is missing"),
        (r#"{"resourceType":"T"}"#, "`resourceId` is missing"),
        (r#"{"resourceType":7,"resourceId":"r"}"#, "`resourceType` is no string"),
        (
            r#"{"resourceType":"T","resourceId":"r","configurationItemStatus":"Fine"}"#,
            "`configurationItemStatus` is none that AWS Config defines",
        ),
        (r#"{"resourceType":"T","resourceId":"r""#, "no JSON object, or not a well-formed one, at line 1 column 36"),
        (r#"{"resourceType":"T","resourceId":"r","x":[1,]}"#, "no JSON object, or not a well-formed one, at line 1"),
    ] {
        let error = ConfigurationItem::from_json(text).expect_err(text).to_string();
        let wanted = format!("not a configuration item: {message}");
        assert!(error.starts_with(&wanted), "{text}: {error}");
    }
}

#[test]
fn an_odd_field_is_unreadable_and_leaves_the_others_alone() {
    let text = json!({
        "resourceType": "AWS::EC2::Volume",
        "resourceId": "vol-1",
        "configurationItemCaptureTime": "datetime.datetime(2020, 4, 22)",
        "configuration": {"encrypted": [true], "kmsKeyId": "key", "attachments": [null], "state": {"code": 1}},
    })
    .to_string();
    let item = ConfigurationItem::from_json(&text).expect("an item");
    let volume = ec2::Volume::read(&item).expect("a volume");
    assert_eq!(volume.kms_key_id(), Ok(Some("key")));
    let messages = [
        item.capture_time().expect_err("no time").to_string(),
        volume.encrypted().expect_err("a list").to_string(),
        volume.attachments().map(|_| ()).expect_err("null in it").to_string(),
        volume.state().expect_err("no value").to_string(),
    ];
    assert_eq!(
        messages,
        [
            "configurationItemCaptureTime is a string that is no time where a time belongs",
            "configuration.encrypted is a list where true or false belongs",
            "configuration.attachments is a list with null where a list belongs",
            "configuration.state is an object without `value` where a string or an object with `value` belongs",
        ]
    );
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    for depth in [1_000, 100_000] {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let text =
            format!(r#"{{"resourceType":"AWS::EC2::Volume","resourceId":"v","configuration":{{"x":{nested}}}}}"#);
        assert!(matches!(ConfigurationItem::from_json(&text), Err(ItemError::TooDeep(_))), "{depth}");
        // A string that holds JSON is decoded in places; it must not lead to the end of the stack either.
        let quoted = serde_json::to_string(&nested).expect("a string");
        let text = format!(
            r#"{{"resourceType":"AWS::EC2::Volume","resourceId":"v","configuration":{{"attachments":{quoted}}}}}"#
        );
        let item = ConfigurationItem::from_json(&text).expect("an item");
        let volume = ec2::Volume::read(&item).expect("a volume");
        volume.attachments().map(|_| ()).expect_err("no list of attachments");
    }
}

#[test]
fn every_real_item_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/aws/example-items");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("not checked against {}: it is not there", folder.display());
        return;
    };
    let mut read = 0;
    for file in files {
        let path = file.expect("a file").path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("readable");
        let item = ConfigurationItem::from_json(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(item.status().is_some_and(Status::is_recorded), "{}", path.display());
        item.tags().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        item.relationships().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_str::<Value>(item.configuration()).expect("the configuration is JSON");
        read += 1;
    }
    assert!(read >= 73, "only {read} items were read");
}

/// A JSON value of any kind, of moderate size.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        Just(json!("null")),
        Just(json!("[\"x\"]")),
        Just(json!("{\"policyText\":null}")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,8}", inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// What an unchecked reading leaves to others is found by who asks, wherever an item is broken.
#[test]
fn nothing_that_is_no_json_gets_past_the_check() {
    let text = event_shape().to_string();
    let mut broken = 0;
    for at in 0..text.len() {
        for byte in ['{', '}', '[', ']', '"', '\\', ':', ',', '0', ' ', '\n', '\u{1}', 'x'] {
            let changed = format!("{}{byte}{}", &text[..at], &text[at + 1..]);
            let item = ConfigurationItem::from_unchecked_json(&changed);
            let unchecked = item.as_ref().is_ok_and(ConfigurationItem::is_well_formed);
            assert_eq!(ConfigurationItem::from_json(&changed).is_ok(), unchecked, "{changed}");
            // A view that can be read has read all of it.
            let is_read = item.is_ok_and(|item| s3::Bucket::read(&item).is_ok());
            assert!(!is_read || unchecked, "{changed}");
            broken += usize::from(serde_json::from_str::<Value>(&changed).is_err());
        }
    }
    assert!(broken > text.len(), "hardly any change broke the item");
    let twice = r#"{"resourceType": "T", "resourceId": "r", "configuration": {"a": nul}, "configuration": {}}"#;
    for text in [twice.to_owned(), twice.replace("{}", "7"), twice.replace("nul", "null").replace("{}", "{]")] {
        let unchecked = ConfigurationItem::from_unchecked_json(&text).is_ok_and(|item| item.is_well_formed());
        assert!(!unchecked && ConfigurationItem::from_json(&text).is_err(), "{text}");
    }
    assert!(ConfigurationItem::from_json(&twice.replace("nul", "null")).is_ok());
}

proptest! {
    /// Whatever stands in a field: no panic, and every other field keeps its value.
    #[test]
    fn any_value_in_any_field_is_survived(value in any_json(), index in 0..12_usize) {
        const FIELDS: [(&str, &str); 12] = [
            ("AWS::EC2::Volume", "encrypted"), ("AWS::EC2::Volume", "state"), ("AWS::EC2::Volume", "attachments"),
            ("AWS::EC2::SecurityGroup", "ipPermissions"), ("AWS::RDS::DBInstance", "backupRetentionPeriod"),
            ("AWS::RDS::DBCluster", "engine"), ("AWS::ACM::Certificate", "notAfter"),
            ("AWS::ACM::Certificate", "inUseBy"), ("AWS::IAM::Policy", "policyVersionList"),
            ("AWS::IAM::User", "userPolicyList"), ("AWS::S3::Bucket", "name"), ("AWS::S3::Bucket", "BucketPolicy"),
        ];
        let (resource_type, field) = FIELDS[index];
        let text = json!({
            "resourceType": resource_type,
            "resourceId": "r",
            "configuration": {field: value.clone(), "arn": "kept", "kmsKeyId": "kept"},
            "supplementaryConfiguration": {field: value},
        })
        .to_string();
        let item = ConfigurationItem::from_json(&text).expect("an item");
        match resource_type {
            "AWS::EC2::Volume" => {
                let volume = ec2::Volume::read(&item).expect("a volume");
                prop_assert_eq!(volume.kms_key_id(), Ok(Some("kept")));
            }
            "AWS::EC2::SecurityGroup" => drop(ec2::SecurityGroup::read(&item).expect("a group")),
            "AWS::RDS::DBInstance" => drop(rds::DbInstance::read(&item).expect("an instance")),
            "AWS::RDS::DBCluster" => drop(rds::DbCluster::read(&item).expect("a cluster")),
            "AWS::ACM::Certificate" => drop(acm::Certificate::read(&item).expect("a certificate")),
            "AWS::IAM::Policy" => {
                let policy = iam::Policy::read(&item).expect("a policy");
                prop_assert_eq!(policy.arn(), Ok(Some("kept")));
            }
            "AWS::IAM::User" => drop(iam::User::read(&item).expect("a user")),
            _ => drop(s3::Bucket::read(&item).expect("a bucket")),
        }
    }

    /// Bytes that come from anywhere never make the reader panic.
    #[test]
    fn any_text_is_survived(text in r#"[\[\]{}",:0-9a-zA-Z\\ ]{0,200}"#) {
        let _ = ConfigurationItem::from_json(&text);
    }
}
