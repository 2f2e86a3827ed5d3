//! Input that nobody sends by accident: a verdict or one clear error, and the function goes on.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use local_config::{Invocation, Outcome};
use serde_json::{Value, json};

use crate::support::{
    SSL, Stage, assert_fails, assert_succeeded, bucket, change, open_bucket, project, read_json, run, vitals,
};

const MIB: usize = 1 << 20;

/// The event of a change, with the item as text.
fn change_of(item: &str) -> Value {
    let mut event = change(SSL, &bucket("b"));
    let inner = format!(r#"{{"messageType":"ConfigurationItemChangeNotification","configurationItem":{item}}}"#);
    event["invokingEvent"] = inner.into();
    event
}

/// A bucket that is noncompliant, as text in which `instead` stands for the name in its configuration.
fn item_with(instead: &str) -> String {
    let mut item = open_bucket("b");
    item["configuration"]["name"] = "HERE".into();
    item.to_string().replace("\"HERE\"", instead)
}

/// A failure as an operator should meet it: reported by the function, in one short line.
#[track_caller]
fn assert_one_clear_error(invocation: &Invocation) {
    let Outcome::Failed { error_type, message } = &invocation.outcome else {
        panic!("the function did not report an error, but it {}", invocation.outcome)
    };
    assert!(!error_type.is_empty() && !message.is_empty() && message.len() < 1_000, "{error_type}: {message}");
    assert!(!message.contains('\n'), "{message}");
    assert!(!message.contains("panicked"), "{message}");
}

#[test]
fn strings_of_ten_megabytes_are_judged_or_refused_in_a_short_line() {
    let stage = Stage::with(SSL);
    let function = stage.function(SSL);
    let long = "x".repeat(10 * MIB);
    assert_succeeded(&stage.invoke(&function, &change_of(&item_with(&format!("\"{long}\"")))));
    assert_eq!(stage.verdicts(SSL), ["NON_COMPLIANT b"]);

    // Where it is quoted, it is cut.
    for event in [
        json!({"evaluationMode": &long}),
        json!({"ruleParameters": json!({&long: "1"}).to_string()}),
        json!({"ruleParameters": &long}),
        json!({"invokingEvent": json!({"messageType": &long}).to_string()}),
        json!({"invokingEvent": &long}),
    ] {
        let mut whole = change(SSL, &bucket("b"));
        for (name, value) in event.as_object().into_iter().flatten() {
            whole[name] = value.clone();
        }
        assert_one_clear_error(&stage.invoke(&function, &whole));
    }
    let mut policy = bucket("b");
    policy["supplementaryConfiguration"]["BucketPolicy"]["policyText"] = long.into();
    assert_one_clear_error(&stage.invoke(&function, &change(SSL, &policy)));
    assert_eq!(stage.puts().len(), 1);
}

#[test]
fn numbers_beyond_64_bits_are_no_obstacle() {
    let stage = Stage::with(SSL);
    let function = stage.function(SSL);
    for number in ["18446744073709551616", "-9223372036854775809", "1e400", "-1e400", "0.1e-400", &"9".repeat(5_000)] {
        let item = item_with(number).replace("1709287346719", number);
        let invocation = stage.invoke(&function, &change_of(&item));
        // The rule reads the name, and says so where that is no text.
        match &invocation.outcome {
            Outcome::Succeeded(_) => assert_eq!(stage.verdicts(SSL), ["NON_COMPLIANT b"], "{number}"),
            _ => assert_one_clear_error(&invocation),
        }
        let unread = open_bucket("b").to_string().replace("1709287346719", number);
        assert_succeeded(&stage.invoke(&function, &change_of(&unread)));
    }
    assert_eq!(stage.verdicts(SSL), ["NON_COMPLIANT b"]);
}

/// Neither is text; each is refused, and the same process handles what comes next.
#[test]
fn bytes_that_are_no_text_are_refused_and_forgotten() {
    let stage = Stage::with(SSL);
    let function = stage.function(SSL);
    let sound = change(SSL, &open_bucket("b"));
    assert_succeeded(&stage.invoke(&function, &sound));
    let process = stage.process_id(&function);

    let mut cut_in_a_character = sound.to_string().into_bytes();
    let end = cut_in_a_character.len() - 2;
    cut_in_a_character[end] = 0xC3;
    let half = sound.to_string().into_bytes()[..200].to_vec();
    for payload in [b"\xff\xfe{}".to_vec(), cut_in_a_character, half, Vec::new(), b"null".to_vec(), b"[]".to_vec()] {
        assert_one_clear_error(&stage.invoke_bytes(&function, payload));
    }
    for half_a_pair in [r#""\ud800""#, r#""\udc00x""#, r#""\ud800\ud800""#] {
        let invocation = stage.invoke(&function, &change_of(&item_with(half_a_pair)));
        if !invocation.outcome.is_success() {
            assert_one_clear_error(&invocation);
        }
        let outer = sound.to_string().replace("\"123456789012\"", half_a_pair);
        assert_one_clear_error(&stage.invoke_bytes(&function, outer.into_bytes()));
    }
    assert_succeeded(&stage.invoke(&function, &sound));
    assert_eq!(stage.process_id(&function), process, "the process died of it");
    assert_eq!(stage.verdicts(SSL), ["NON_COMPLIANT b"]);
}

/// Which of two values counts is nobody's to guess; that there is one verdict or one error is.
#[test]
fn a_key_that_stands_twice_has_one_meaning_or_none() {
    let stage = Stage::with(SSL);
    let function = stage.function(SSL);
    let item = open_bucket("b").to_string();
    let twice = |member: &str| item.replacen('{', &format!("{{{member},"), 1);
    for event in [
        change_of(&twice(r#""resourceId":"other""#)).to_string(),
        change_of(&twice(r#""resourceType":"AWS::EC2::Volume""#)).to_string(),
        change_of(&twice(r#""configuration":{}"#)).to_string(),
        change_of(&twice(r#""configurationItemStatus":"ResourceDeleted""#)).to_string(),
        change_of(&twice(r#""configurationItemCaptureTime":"2020-01-01T00:00:00Z""#)).to_string(),
        change(SSL, &bucket("b")).to_string().replacen('{', r#"{"resultToken":"other","#, 1),
        change(SSL, &bucket("b")).to_string().replacen('{', r#"{"eventLeftScope":true,"#, 1),
    ] {
        let before = stage.puts().len();
        let invocation = stage.invoke_bytes(&function, event.into_bytes());
        let puts = stage.puts().len() - before;
        if invocation.outcome.is_success() {
            assert_eq!(puts, 1);
        } else {
            assert_one_clear_error(&invocation);
            assert_eq!(puts, 0);
        }
    }
}

#[test]
fn nesting_a_thousand_deep_is_refused() {
    let stage = Stage::with(SSL);
    let function = stage.function(SSL);
    for deep in [format!("{}{}", "[".repeat(1_000), "]".repeat(1_000)), "[".repeat(100_000), "{\"a\":".repeat(100_000)]
    {
        assert_one_clear_error(&stage.invoke(&function, &change_of(&item_with(&deep))));
        let outer = change(SSL, &bucket("b")).to_string().replacen('{', &format!("{{\"x\":{deep},"), 1);
        assert_one_clear_error(&stage.invoke_bytes(&function, outer.into_bytes()));
    }
    let mut event = change(SSL, &bucket("b"));
    event["invokingEvent"] = "[".repeat(100_000).into();
    assert_fails(&stage.invoke(&function, &event), "InvalidEvent", "`invokingEvent`");
    assert!(stage.puts().is_empty());
}

/// The command line reads files that anybody may have cut, packed or filled.
#[test]
fn hostile_files_are_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let estate = read_json(project().join("examples/estate/s3.json")).to_string();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(estate.as_bytes()).expect("it goes to memory");
    let gzip = gzip.finish().expect("it goes to memory");
    let mut flipped = gzip.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0xff;
    for (name, content) in [
        ("truncated.json.gz", gzip[..gzip.len() / 2].to_vec()),
        ("header-only.json.gz", gzip[..10].to_vec()),
        ("no-trailer.json.gz", gzip[..gzip.len() - 4].to_vec()),
        ("flipped.json.gz", flipped),
        ("no-text.json", b"[{\"resourceType\": \"\xff\xfe\", \"resourceId\": \"x\"}]".to_vec()),
        ("truncated.json", estate.as_bytes()[..estate.len() / 2].to_vec()),
        ("deep.json", "[".repeat(100_000).into_bytes()),
        ("surrogate.json", br#"[{"resourceType": "AWS::S3::Bucket", "resourceId": "\ud800"}]"#.to_vec()),
    ] {
        fs::write(folder.path().join(name), content).expect("the file can be written");
        let ended = run(&mut vitals(folder.path(), ["check", name]), b"");
        assert_eq!(ended.code, Some(2), "{name}: {ended:?}");
        let told: Vec<_> = ended.stderr.lines().filter(|line| line.contains(name)).collect();
        assert!(!told.is_empty() && !ended.stderr.contains("panicked"), "{name}: {}", ended.stderr);
        assert!(ended.stderr.len() < 2_000, "{name}: {}", ended.stderr);
    }
}
