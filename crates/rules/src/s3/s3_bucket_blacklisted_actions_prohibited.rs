use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use iam_policy::outside_grants;

use super::policy::bucket_policy;
use crate::words::all_of;

rule! {
    /// Bucket policies give other accounts no dangerous actions.
    ///
    /// Whoever may change a bucket's policy, ACLs or encryption owns the bucket in all but name. A policy is
    /// noncompliant if it allows somebody outside the account an action of one of the patterns. As in AWS's rule a
    /// condition on the grant does not excuse it; an unconditional `Deny` that covers it does.
    ///
    /// AWS's rule has no default for the patterns; here it is the five actions that Security Hub asks about (S3.6).
    /// A bucket without a policy gives nobody anything and is compliant. Never not applicable.
    pub struct S3BucketBlacklistedActionsProhibited {
        id: "s3-bucket-blacklisted-actions-prohibited",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED"),
        remediation: "Take the action out of the statement, or the other account: `aws s3api put-bucket-policy --bucket <bucket> --policy file://policy.json`. If another account has to administer the bucket, let it assume a role in this one.",
    }
    params {
        /// The actions that other accounts must not be given; `*` and `?` are wildcards.
        actions: Vec<String> = DANGEROUS.map(str::to_owned), "blacklistedActionPattern";
    }
}

const DANGEROUS: [&str; 5] = [
    "s3:DeleteBucketPolicy",
    "s3:PutBucketAcl",
    "s3:PutBucketPolicy",
    "s3:PutEncryptionConfiguration",
    "s3:PutObjectAcl",
];

impl Rule for S3BucketBlacklistedActionsProhibited {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, params: &Params, cx: &Context) -> Result<Verdict, CannotJudge> {
        if bucket.policy()?.is_none() {
            return Ok(Verdict::non_compliant("the item does not hold the bucket's policy"));
        }
        let Some(policy) = bucket_policy(bucket)? else { return Ok(Verdict::Compliant) };
        let account = bucket.source().account_id().unwrap_or(&cx.account);
        let canonical_id = match bucket.owner()? {
            Some(owner) => owner.id()?,
            None => None,
        };
        let findings: Vec<_> = outside_grants(policy, account, canonical_id, &params.actions)
            .iter()
            .map(|grant| {
                format!("{} lets {} use {}", grant.statement.label(), grant.outsider, grant.actions.join(", "))
            })
            .collect();
        Ok(all_of(&findings))
    }
}
