//! What viewers may speak, behavior by behavior.

use config_item::views::cloudfront::DistributionConfig;
use config_rule::CannotJudge;

/// Why some behaviors do not keep viewers to HTTPS, one finding each.
pub(super) fn open_to_http(config: &DistributionConfig) -> Result<Vec<String>, CannotJudge> {
    let mut findings = Vec::new();
    match config.default_cache_behavior()? {
        Some(behavior) => findings.extend(finding(behavior.viewer_protocol_policy()?, "the default behavior")),
        None => findings.push("the item does not hold the default behavior".to_owned()),
    }
    let further = match config.cache_behaviors()? {
        Some(behaviors) => behaviors.items()?,
        None => None,
    };
    for behavior in further.unwrap_or_default() {
        let name = format!("the behavior for {}", behavior.path_pattern()?.unwrap_or("an unnamed path"));
        findings.extend(finding(behavior.viewer_protocol_policy()?, &name));
    }
    Ok(findings)
}

fn finding(policy: Option<&str>, name: &str) -> Option<String> {
    match policy {
        Some(policy) if ["https-only", "redirect-to-https"].iter().any(|https| policy.eq_ignore_ascii_case(https)) => {
            None
        }
        Some(policy) => Some(format!("{name} has the viewer protocol policy {policy}, which allows HTTP")),
        None => Some(format!("the item does not say the viewer protocol policy of {name}")),
    }
}
