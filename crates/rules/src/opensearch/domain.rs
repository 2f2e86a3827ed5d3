//! What rules say of a domain, whichever of its two resource types describes it.

use config_rule::{CannotJudge, Parameter, Verdict};

use crate::words::{all_of, count};

/// Compliant if the policy is one of those accepted.
pub(crate) fn tls_policy(policy: Option<&str>, accepted: &[String]) -> Verdict {
    match policy {
        Some(policy) if accepted.iter().any(|one| one == policy) => Verdict::Compliant,
        Some(policy) => {
            Verdict::non_compliant(format!("the TLS policy is {policy}, not one of {}", accepted.join(", ")))
        }
        None => Verdict::non_compliant("the item does not say which TLS policy the endpoint has"),
    }
}

/// Compliant if the data nodes are spread over zones and there are enough of them.
pub(crate) fn spread_over_zones(zone_awareness: Option<bool>, nodes: Option<i64>, required: i64) -> Verdict {
    let mut findings = Vec::new();
    match zone_awareness {
        Some(true) => {}
        Some(false) => findings.push("zone awareness is off".to_owned()),
        None => findings.push("the item does not say whether zone awareness is on".to_owned()),
    }
    match nodes {
        Some(nodes) if nodes >= required => {}
        Some(nodes) => {
            findings.push(format!("the domain has {}, fewer than the required {required}", count(nodes, "data node")));
        }
        None => findings.push("the item does not say how many data nodes there are".to_owned()),
    }
    all_of(&findings)
}

/// A kind of log that a domain sends to CloudWatch Logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Log {
    Search,
    Index,
    Error,
    Audit,
}

impl Log {
    const ALL: [Self; 4] = [Self::Search, Self::Index, Self::Error, Self::Audit];

    fn name(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Index => "index",
            Self::Error => "error",
            Self::Audit => "audit",
        }
    }
}

/// The logs that must be sent, named as AWS's rules name them, or as the service does: AWS's rules have no word for the
/// audit log.
#[derive(Clone, Debug)]
pub struct LogTypes(Vec<Log>);

impl Parameter for LogTypes {
    const ACCEPTS: &'static str = "a comma-separated list of search, index, error and audit";

    fn parse(text: &str) -> Option<Self> {
        let log = |word: &str| match word.trim().to_ascii_lowercase().as_str() {
            "search" | "search_slow_logs" => Some(Log::Search),
            "index" | "index_slow_logs" => Some(Log::Index),
            "error" | "es_application_logs" => Some(Log::Error),
            "audit" | "audit_logs" => Some(Log::Audit),
            _ => None,
        };
        text.split(',').map(log).collect::<Option<_>>().map(Self)
    }

    fn show(&self) -> String {
        names(&self.0).join(",")
    }
}

fn names(logs: &[Log]) -> Vec<&'static str> {
    logs.iter().map(|log| log.name()).collect()
}

/// Compliant if the required logs are sent or, where none is named, any.
pub(crate) fn logs_sent(
    required: Option<&LogTypes>,
    is_sent: impl Fn(Log) -> Result<bool, CannotJudge>,
) -> Result<Verdict, CannotJudge> {
    let Some(LogTypes(required)) = required else {
        let mut unreadable = None;
        for log in Log::ALL {
            match is_sent(log) {
                Ok(true) => return Ok(Verdict::Compliant),
                Ok(false) => {}
                Err(error) => unreadable = Some(error),
            }
        }
        if let Some(error) = unreadable {
            return Err(error);
        }
        return Ok(Verdict::non_compliant("the domain sends no log to CloudWatch Logs"));
    };
    let mut missing = Vec::new();
    for log in required {
        if !is_sent(*log)? {
            missing.push(*log);
        }
    }
    if missing.is_empty() {
        return Ok(Verdict::Compliant);
    }
    Ok(Verdict::non_compliant(format!(
        "logs not sent to CloudWatch Logs: {} (required: {})",
        names(&missing).join(", "),
        names(required).join(", ")
    )))
}

/// Whether a version is lower than another; one that can't be read is not.
pub(crate) fn is_older(version: &str, than: (u32, u32)) -> bool {
    let mut parts = version.split('.');
    let Some(Ok(major)) = parts.next().map(str::parse) else { return false };
    let minor = parts.next().map_or(Ok(0), str::parse);
    minor.is_ok_and(|minor| (major, minor) < than)
}
