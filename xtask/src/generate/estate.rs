//! The sample estate: the readable items of `examples/estate/` as a snapshot, as AWS Config would deliver it.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use serde_json::{Value, json};

use super::Files;

const ESTATE: &str = "examples/estate.json.gz";

pub(super) fn make(root: &Path, files: &mut Files) -> Result<()> {
    let mut items = items(root)?;
    items.push(oversized());
    let snapshot = json!({
        "fileVersion": "1.0",
        "configSnapshotId": "7f1c2d3e-4b5a-4968-8776-a5b4c3d2e1f0",
        "configurationItems": items,
    });
    let mut gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    gzip.write_all(snapshot.to_string().as_bytes())?;
    files.insert(PathBuf::from(ESTATE), gzip.finish()?);
    Ok(())
}

/// The items of `examples/estate/`.
pub(super) fn items(root: &Path) -> Result<Vec<Value>> {
    let mut sources: Vec<_> = std::fs::read_dir(root.join("examples/estate"))
        .context("examples/estate")?
        .map(|file| Ok(file?.path()))
        .collect::<Result<_>>()?;
    sources.sort();
    let mut items = Vec::new();
    for source in sources {
        let text = std::fs::read_to_string(&source)?;
        let list: Vec<Value> = serde_json::from_str(&text).with_context(|| source.display().to_string())?;
        items.extend(list);
    }
    Ok(items)
}

/// Whether a file is as it would be generated. A packed file is compared by what is in it: its bytes depend on the
/// version of the packer.
pub(super) fn same(path: &Path, present: &[u8], made: &[u8]) -> bool {
    if path == Path::new(ESTATE) {
        unpacked(present).is_some_and(|text| Some(text) == unpacked(made))
    } else {
        present == made
    }
}

fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut text).ok()?;
    Some(text)
}

/// A security group whose notification AWS Config couldn't deliver whole: one range for each of many partners.
fn oversized() -> Value {
    let ranges: Vec<_> = (0..1500).map(|n| format!("198.18.{}.{}/32", n / 256, n % 256)).collect();
    let described: Vec<_> = ranges
        .iter()
        .enumerate()
        .map(|(n, range)| {
            json!({
                "cidrIp": range,
                "description": format!("Provider {n:04}: remittance advice over SFTP, agreement MRD-2026-{n:04}, reviewed every quarter by network operations"),
            })
        })
        .collect();
    json!({
        "configurationItemVersion": "1.3",
        "configurationItemCaptureTime": "2026-11-14T11:20:41.903Z",
        "configurationStateId": 1_794_655_241_903_u64,
        "awsAccountId": "111122223333",
        "configurationItemStatus": "OK",
        "resourceType": "AWS::EC2::SecurityGroup",
        "resourceId": "sg-0e5d4c3b2a1908f76",
        "resourceName": "provider-sftp",
        "ARN": "arn:aws:ec2:us-east-1:111122223333:security-group/sg-0e5d4c3b2a1908f76",
        "awsRegion": "us-east-1",
        "availabilityZone": "Not Applicable",
        "configurationStateMd5Hash": "",
        "resourceCreationTime": null,
        "tags": {"environment": "production", "team": "network"},
        "relatedEvents": [],
        "relationships": [],
        "configuration": {
            "description": "SFTP of the providers",
            "groupId": "sg-0e5d4c3b2a1908f76",
            "groupName": "provider-sftp",
            "ipPermissions": [{
                "fromPort": 22,
                "ipProtocol": "tcp",
                "ipRanges": ranges,
                "ipv4Ranges": described,
                "ipv6Ranges": [],
                "prefixListIds": [],
                "toPort": 22,
                "userIdGroupPairs": [],
            }],
            "ipPermissionsEgress": [],
            "ownerId": "111122223333",
            "tags": [{"key": "environment", "value": "production"}, {"key": "team", "value": "network"}],
            "vpcId": "vpc-0c1a2b3d4e5f60718",
        },
        "supplementaryConfiguration": {},
    })
}
