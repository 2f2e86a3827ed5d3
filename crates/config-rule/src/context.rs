//! What a rule may know besides the item.

use jiff::Timestamp;

/// What a rule may know besides the item that it judges.
#[derive(Clone, Debug)]
pub struct Context {
    /// The time of the judgement: the notification's time, else the host's clock. Never the item's capture time, or an
    /// old item that is judged again would make an expired certificate valid.
    pub now: Timestamp,
    /// The account that the rule is deployed in: twelve digits.
    pub account: String,
    /// The region that the rule runs in.
    pub region: String,
}

impl Context {
    /// The partition of the rule's region: `aws`, `aws-cn` or `aws-us-gov`.
    #[must_use]
    pub fn partition(&self) -> &'static str {
        if self.region.starts_with("cn-") {
            "aws-cn"
        } else if self.region.starts_with("us-gov-") {
            "aws-us-gov"
        } else {
            "aws"
        }
    }
}
