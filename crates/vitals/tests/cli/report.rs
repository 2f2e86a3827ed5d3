//! The report: what it says is what `check` says, in every format and in the same bytes each time.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{Said, vitals};

const NOW: &str = "2026-11-21T00:00:00Z";

/// Rule, type, id, account, region, reason.
type Finding = [Option<String>; 6];

fn report(args: &[&str]) -> Said {
    vitals(&[&["report", "estate.json"], args].concat())
}

fn json_of(args: &[&str]) -> Value {
    let said = report(&[args, &["--format", "json"]].concat());
    assert_ne!(said.code, Some(2), "{}", said.err);
    serde_json::from_str(&said.out).expect("JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().expect(key)
}

/// All findings of a report.
fn findings(report: &Value) -> BTreeSet<Finding> {
    let of_rule = |rule: &Value| {
        let id = rule["id"].as_str().map(str::to_owned);
        let words = ["resourceType", "resourceId", "accountId", "region", "reason"];
        let of = |finding: &Value| {
            let mut words = words.into_iter().map(|word| finding[word].as_str().map(str::to_owned));
            std::array::from_fn(|place| if place == 0 { id.clone() } else { words.next().expect("a word") })
        };
        list(rule, "findings").iter().map(of).collect::<Vec<_>>()
    };
    list(report, "rules").iter().flat_map(of_rule).collect()
}

fn finding<'a>(report: &'a Value, rule: &str, resource: &str) -> &'a Value {
    let rule = list(report, "rules").iter().find(|one| one["id"] == rule).expect(rule);
    list(rule, "findings").iter().find(|finding| finding["resourceId"] == resource).expect(resource)
}

fn control<'a>(report: &'a Value, id: &str) -> &'a Value {
    list(&report["frameworks"][0], "controls").iter().find(|control| control["id"] == id).expect(id)
}

#[test]
fn the_findings_and_the_totals_are_those_of_check() {
    for framework in ["hipaa", "cis-v1.4"] {
        let report = json_of(&["--framework", framework, "--now", NOW]);
        let args = ["check", "estate.json", "--framework", framework, "--inferred", "--now", NOW, "--format", "json"];
        let said = vitals(&args);
        let checked: Value = serde_json::from_str(&said.out).expect("JSON");
        let noncompliant = list(&checked, "verdicts").iter().filter(|verdict| verdict["compliance"] == "NON_COMPLIANT");
        let words = ["rule", "resourceType", "resourceId", "accountId", "region", "annotation"];
        let expected: BTreeSet<Finding> =
            noncompliant.map(|verdict| words.map(|word| verdict[word].as_str().map(str::to_owned))).collect();
        assert!(!expected.is_empty());
        assert_eq!(findings(&report), expected, "{framework}");
        for rule in list(&report, "rules") {
            let tally = &rule["resources"];
            assert_eq!(*tally, checked["totals"]["rules"][rule["id"].as_str().expect("an id")], "{rule}");
        }
    }
}

#[test]
fn every_control_is_listed_with_what_it_is_and_what_its_rules_say() {
    let report = json_of(&["--framework", "hipaa"]);
    let ids: Vec<_> =
        list(&report["frameworks"][0], "controls").iter().map(|c| c["id"].as_str().expect("id")).collect();
    let hipaa = frameworks::find("hipaa").expect("it is there");
    assert_eq!(ids, hipaa.controls.iter().map(|control| control.id.as_str()).collect::<Vec<_>>());
    let counted: usize = report["frameworks"][0]["statuses"]
        .as_object()
        .expect("statuses")
        .values()
        .map(|count| usize::try_from(count.as_u64().expect("a count")).expect("few"))
        .sum();
    assert_eq!(counted, ids.len());

    let encryption = control(&report, "164.312(a)(2)(iv)");
    assert_eq!(encryption["reference"], "45 CFR 164.312(a)(2)(iv)");
    assert_eq!(encryption["obligation"], "addressable");
    assert_eq!(encryption["status"], "noncompliant");
    let volumes =
        list(encryption, "rules").iter().find(|rule| rule["rule"] == "encrypted-volumes").expect("it evidences");
    assert_eq!((&volumes["mapping"], &volumes["state"]), (&json!("published"), &json!("judged")));

    let sanctions = control(&report, "164.308(a)(1)(ii)(C)");
    assert_eq!(sanctions["status"], "no-rule");
    assert_eq!(list(sanctions, "rules"), [] as [Value; 0]);

    let states: BTreeMap<_, _> = list(&report["frameworks"][0], "controls")
        .iter()
        .flat_map(|control| list(control, "rules"))
        .map(|rule| (rule["rule"].as_str().expect("a rule"), rule["state"].as_str().expect("a state")))
        .collect();
    for (id, state) in states {
        assert_eq!(state == "not-built", rules::find(id).is_none(), "{id} is {state}");
    }
}

/// A mapping that nobody published decides no status.
#[test]
fn inferred_mappings_are_kept_apart() {
    let report = json_of(&["--framework", "hipaa"]);
    for control in list(&report["frameworks"][0], "controls") {
        let published = list(control, "rules").iter().any(|rule| rule["mapping"] == "published");
        let inferred = list(control, "rules").iter().any(|rule| rule["mapping"] == "inferred");
        let expected = match (published, inferred) {
            (false, true) => Some("inferred-only"),
            (false, false) => Some("no-rule"),
            (true, _) => None,
        };
        if let Some(status) = expected {
            assert_eq!(control["status"], status, "{}", control["id"]);
            assert_eq!(control["resources"]["nonCompliant"], 0);
        }
    }
    let public =
        list(&report, "rules").iter().find(|rule| rule["id"] == "nacl-no-unrestricted-ssh-rdp").expect("it judged");
    assert_eq!(public["controls"], json!({}));
    assert!(public["inferredControls"]["hipaa"].is_array());
}

#[test]
fn the_header_says_what_was_read() {
    let report = json_of(&["--framework", "hipaa"]);
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/estate.json");
    let bytes = fs::read(here).expect("the estate");
    let mut digest = String::new();
    for byte in Sha256::digest(&bytes) {
        write!(digest, "{byte:02x}").expect("a string takes any text");
    }
    let input = json!({ "kind": "items", "name": "estate.json", "sha256": digest, "bytes": bytes.len() });
    assert_eq!(report["inputs"], json!([input]));
    assert_eq!(report["estate"]["accounts"], json!(["111122223333", "444455556666"]));
    assert_eq!(report["estate"]["regions"], json!(["us-east-1", "us-west-2"]));
    assert_eq!(report["estate"]["resources"], 10);
    assert_eq!(report["estate"]["capturedFrom"], "2026-11-01T00:00:00Z");
    assert_eq!((&report["asOf"], &report["asOfIs"]), (&json!("2026-11-11T00:00:00Z"), &json!("newest-capture")));
    assert_eq!(report["version"], env!("CARGO_PKG_VERSION"));

    let west = json_of(&["--framework", "hipaa", "--region", "us-west-2", "--now", NOW]);
    assert_eq!(west["estate"]["accounts"], json!(["444455556666"]));
    assert_eq!(west["estate"]["onlyRegions"], json!(["us-west-2"]));
    assert_eq!((&west["asOf"], &west["asOfIs"]), (&json!(NOW), &json!("given")));
    assert!(findings(&west).iter().all(|finding| finding[4].as_deref() == Some("us-west-2")));
}

#[test]
fn the_same_input_makes_the_same_bytes() {
    for format in ["json", "csv", "markdown", "html"] {
        let make = || report(&["--framework", "hipaa", "--framework", "nist-csf", "--format", format]).out;
        let first = make();
        assert!(!first.is_empty());
        assert!(first == make(), "{format}");
    }
}

#[test]
fn csv_has_every_control_and_every_finding() {
    let said = report(&["--framework", "hipaa", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(said.out.as_bytes());
    let header: Vec<_> = rows.headers().expect("a header").iter().map(str::to_owned).collect();
    let mut controls = BTreeSet::new();
    let mut found = BTreeSet::new();
    for row in rows.records() {
        let row = row.expect("as many fields as the header has");
        let field = |name: &str| {
            let field = &row[header.iter().position(|column| column == name).expect(name)];
            // What a spreadsheet would run is quoted.
            Some(field.strip_prefix('\'').unwrap_or(field).to_owned()).filter(|field| !field.is_empty())
        };
        controls.insert(field("control"));
        if field("resourceId").is_some() {
            found.insert(["rule", "resourceType", "resourceId", "accountId", "region", "reason"].map(field));
        }
    }
    assert_eq!(controls.len(), 70);
    assert_eq!(found, findings(&json_of(&["--framework", "hipaa"])));
}

/// Names are chosen by whoever makes the resource.
#[test]
fn pages_show_every_control_and_finding_and_names_as_text() {
    let expected = json_of(&["--framework", "hipaa"]);
    let html = report(&["--framework", "hipaa"]).out;
    let markdown = report(&["--framework", "hipaa", "--format", "markdown"]).out;
    assert!(html.contains("HYPERLINK(&quot;http:&#x2f;&#x2f;evil.example&quot;,&quot;&lt;click&gt; &amp; win&quot;)"));
    assert!(!html.contains("<click>"));
    assert!(markdown.contains(r#"=HYPERLINK("http://evil.example","\<click\> \& win")"#));
    assert_eq!(html.matches("<tr class=\"control\">").count(), 70);
    let count = list(&expected, "rules").iter().map(|rule| list(rule, "findings").len()).sum::<usize>();
    assert_eq!(html.matches("<time datetime=").count(), count);
    for control in &frameworks::find("hipaa").expect("it is there").controls {
        assert!(html.contains(&format!("45 CFR {}<", control.id)), "{}", control.id);
        assert!(markdown.contains(&format!("| 45 CFR {} |", control.id)), "{}", control.id);
    }
    for place in ["http://", "https://", "//"] {
        for way in [format!("src=\"{place}"), format!("href=\"{place}"), format!("url({place}")] {
            assert!(!html.contains(&way), "{way}");
        }
    }
}

#[test]
fn sign_off_leaves_room() {
    let with = json_of(&["--framework", "hipaa", "--sign-off"]);
    assert_eq!(with["signOff"], json!({ "name": null, "date": null, "decision": null }));
    assert!(json_of(&["--framework", "hipaa"]).get("signOff").is_none());
    assert!(report(&["--framework", "hipaa", "--sign-off"]).out.contains("<dt>Decision</dt>"));
}

/// A volume that was encrypted, then not, then encrypted, then not.
#[test]
fn history_says_since_when_how_often_and_how_many() {
    let folder = tempfile::tempdir().expect("a folder");
    let estate: Value = serde_json::from_str(include_str!("estate.json")).expect("JSON");
    let volume =
        list(&estate, "configurationItems").iter().find(|item| item["resourceId"] == "vol-01").expect("it is there");
    let states = [(1, true), (2, false), (3, true), (4, false), (5, false)].map(|(day, encrypted)| {
        let mut state = volume.clone();
        state["configurationItemCaptureTime"] = json!(format!("2026-10-0{day}T00:00:00.000Z"));
        state["configuration"]["encrypted"] = json!(encrypted);
        state
    });
    // Out of order, and one state in two files.
    for (name, held) in [("a.json", [4, 0, 3]), ("b.json", [2, 3, 1])] {
        let items: Vec<_> = held.iter().map(|place| &states[*place]).collect();
        fs::write(folder.path().join(name), json!({ "configurationItems": items }).to_string()).expect("written");
    }
    let path = folder.path().to_str().expect("UTF-8");
    let said = vitals(&["report", path, "--framework", "hipaa", "--format", "json"]);
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(report["estate"]["resources"], 1);
    let volume = finding(&report, "encrypted-volumes", "vol-01");
    assert_eq!((&volume["since"], &volume["sinceIsKnown"]), (&json!("2026-10-04T00:00:00Z"), &json!(true)));
    assert_eq!(volume["times"], 2);
    let trend = list(&report["frameworks"][0], "trend");
    let noncompliant_at = |time: &str| {
        trend.iter().find(|point| point["time"] == format!("2026-10-{time}:00:00Z")).expect(time)["findings"].as_i64()
    };
    let open = report["frameworks"][0]["findings"]["open"].as_i64();
    assert!(open > Some(0));
    assert_eq!(["01T00", "02T00", "03T00", "05T00"].map(noncompliant_at), [Some(0), open, Some(0), open]);
    assert!(vitals(&["report", path, "--framework", "hipaa"]).out.contains("Noncompliance through time"));

    let then = vitals(&["report", path, "--framework", "hipaa", "--format", "json", "--at", "2026-10-03T12:00:00Z"]);
    let then: Value = serde_json::from_str(&then.out).expect("JSON");
    assert_eq!((&then["asOf"], &then["asOfIs"]), (&json!("2026-10-03T12:00:00Z"), &json!("at")));
    let rule = list(&then, "rules").iter().find(|rule| rule["id"] == "encrypted-volumes").expect("it judged");
    assert_eq!(rule["resources"]["compliant"], 1);
}

#[test]
fn a_snapshot_knows_only_when_it_was_captured() {
    let report = json_of(&["--framework", "hipaa"]);
    let volume = finding(&report, "encrypted-volumes", "vol-01");
    assert_eq!((&volume["since"], &volume["sinceIsKnown"]), (&json!("2026-11-06T00:00:00Z"), &json!(false)));
    assert!(report["frameworks"][0].get("trend").is_none());
}

#[test]
fn exceptions_are_told_apart_and_accounted_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("exceptions.toml");
    let exception = |resource: &str, ticket: &str, more: &str| {
        format!(
            "[[exception]]\nrule = \"encrypted-volumes\"\naccount = \"111122223333\"\nresource = \"{resource}\"\n\
             owner = \"storage@example.com\"\nticket = \"{ticket}\"\nreason = \"scratch | space\"\n{more}\n"
        )
    };
    let text =
        exception("vol-01", "SEC-1", "expires = 2026-12-01") + &exception("vol-77", "SEC-2", "expires = 2026-10-01");
    fs::write(&file, text).expect("written");
    let path = file.to_str().expect("UTF-8");
    let args = ["--framework", "hipaa", "--exceptions", path, "--now", NOW];
    let report = json_of(&args);
    let exempt = &finding(&report, "encrypted-volumes", "vol-01")["exception"];
    assert_eq!(
        (&exempt["ticket"], &exempt["expires"], &exempt["effect"]),
        (&json!("SEC-1"), &json!("2026-12-01"), &json!("annotate"))
    );
    let accounted: Vec<_> = list(&report, "exceptions")
        .iter()
        .map(|exception| (exception["ticket"].as_str(), exception["standing"].as_str(), exception["findings"].as_u64()))
        .collect();
    assert_eq!(accounted, [(Some("SEC-1"), Some("ends-soon"), Some(1)), (Some("SEC-2"), Some("over"), Some(0))]);
    let rule = list(&report, "rules").iter().find(|rule| rule["id"] == "encrypted-volumes").expect("it judged");
    assert_eq!(rule["resources"]["excepted"], 1);
    assert_eq!(report["inputs"][1]["kind"], "exceptions");
    let without = json_of(&["--framework", "hipaa", "--now", NOW]);
    let open = |report: &Value| report["frameworks"][0]["findings"]["open"].as_u64().expect("a count");
    assert_eq!(open(&report), open(&without) - 1);
    assert_eq!(findings(&report), findings(&without));
    for format in ["csv", "markdown", "html"] {
        assert!(self::report(&[&args[..], &["--format", format]].concat()).out.contains("SEC-1"), "{format}");
    }

    fs::write(&file, exception("vol-01", "SEC-1", "")).expect("written");
    let said = self::report(&args);
    assert!(said.error().contains("exceptions.toml"), "{}", said.err);
}

#[test]
fn what_can_not_be_judged_is_in_the_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("items.json");
    let volume = json!({
        "resourceType": "AWS::EC2::Volume", "resourceId": "vol-1", "configurationItemStatus": "OK",
        "configurationItemCaptureTime": "2026-10-01T00:00:00Z", "configuration": { "encrypted": ["odd"] },
    });
    fs::write(&file, json!([volume, { "resourceType": "AWS::EC2::Volume" }]).to_string()).expect("written");
    let said = vitals(&["report", file.to_str().expect("UTF-8"), "--framework", "hipaa", "--format", "json"]);
    assert_eq!(said.code, Some(2));
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(report["complete"], false);
    let problems = list(&report["problems"], "first");
    assert_eq!(report["problems"]["count"], problems.len());
    assert!(problems.iter().any(|problem| problem.as_str().is_some_and(|text| text.contains("encrypted-volumes"))));
    assert!(
        problems.iter().any(|problem| problem.as_str().is_some_and(|text| text.contains("`resourceId` is missing")))
    );
    for problem in problems {
        assert!(said.err.contains(problem.as_str().expect("text")), "{}", said.err);
    }
    let page = vitals(&["report", file.to_str().expect("UTF-8"), "--framework", "hipaa"]).out;
    assert!(page.contains("Not complete."));
}

#[test]
fn mistakes_are_said_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let timeless = folder.path().join("items.json");
    fs::write(&timeless, json!([{ "resourceType": "AWS::EC2::Volume", "resourceId": "vol-1" }]).to_string())
        .expect("written");
    let timeless = timeless.to_str().expect("UTF-8");
    for (args, sentence) in [
        (vec!["report", "estate.json", "--framework", "hippa"], "there is no framework `hippa`; did you mean `hipaa`?"),
        (
            vec!["report", timeless, "--framework", "hipaa"],
            "no item says when it was captured; name the time to judge as of with --now 2026-11-21T00:00:00Z",
        ),
        (
            vec!["report", "estate.json", "--framework", "hipaa", "--account", "1", "--now", NOW],
            "--account 1: no item is there; there are 111122223333, 444455556666",
        ),
    ] {
        assert_eq!(vitals(&args).error(), sentence);
    }
    let said = vitals(&["report", "missing.json", "--framework", "hipaa"]);
    assert!(said.error().starts_with("missing.json can't be read"), "{}", said.err);
    let said = vitals(&["report", "estate.json"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("--framework <FRAMEWORK>"), "{}", said.err);
}

/// A report in a folder, with the files that it was made from.
struct Evidence(tempfile::TempDir);

impl Evidence {
    fn new() -> Self {
        let evidence = Self(tempfile::tempdir().expect("a folder"));
        let estate = include_str!("estate.json");
        fs::write(evidence.path("estate.json"), estate).expect("written");
        let said = vitals(&[
            "report",
            &evidence.path("estate.json"),
            "--framework",
            "hipaa",
            "--region",
            "us-east-1",
            "--format",
            "json",
            "--sign-off",
            "--output",
            &evidence.path("evidence.json"),
        ]);
        assert_eq!(said.code, Some(1), "{}", said.err);
        evidence
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    fn change(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).expect("it is there");
        assert!(text.contains(from), "{from}");
        fs::write(self.path(name), text.replacen(from, to, 1)).expect("written");
    }

    fn verify(&self, more: &[&str]) -> Said {
        let (report, estate) = (self.path("evidence.json"), self.path("estate.json"));
        vitals(&[&["report", "--verify", &report, &estate], more].concat())
    }
}

#[test]
fn a_report_can_be_checked_later() {
    let evidence = Evidence::new();
    let said = evidence.verify(&[]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    assert_eq!(
        said.out,
        "All files are those that the report was made from, by their SHA-256: 1.\nJudged again, they make the same report.\n"
    );

    // What people fill in, and where files lie, is no difference.
    evidence.change("evidence.json", r#""name": null"#, r#""name": "A. Auditor""#);
    fs::rename(evidence.path("estate.json"), evidence.path("moved.json")).expect("moved");
    let said = vitals(&["report", "--verify", &evidence.path("evidence.json"), &evidence.path("moved.json")]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    fs::rename(evidence.path("moved.json"), evidence.path("estate.json")).expect("moved");

    let more = evidence.verify(&["estate.json"]);
    assert_eq!(more.code, Some(0), "the same content twice is one: {}", more.out);
}

#[test]
fn a_report_that_does_not_follow_is_told() {
    let evidence = Evidence::new();
    evidence.change("evidence.json", r#""status": "noncompliant""#, r#""status": "compliant""#);
    let said = evidence.verify(&[]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.out.contains("The report differs from what the files show, at /frameworks/0/controls/"),
        "{}",
        said.out
    );

    let evidence = Evidence::new();
    evidence.change("estate.json", "vol-01", "vol-99");
    let said = evidence.verify(&[]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.out.contains("estate.json has changed: the report was made from a file with SHA-256 "),
        "{}",
        said.out
    );

    let said = evidence.verify(&["--parameters", &evidence.path("estate.json")]);
    assert!(said.out.contains("estate.json is too much: the report was not made from it."), "{}", said.out);

    evidence.change("evidence.json", env!("CARGO_PKG_VERSION"), "0.0.1");
    fs::write(evidence.path("estate.json"), include_str!("estate.json")).expect("written");
    let said = evidence.verify(&[]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("the report was made by vitals 0.0.1"), "{}", said.err);

    let said = vitals(&["report", "--verify", "estate.json", "estate.json"]);
    assert_eq!(said.error(), "estate.json is no report that `vitals report --format json` wrote");
}
