use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::public_access::differences;

rule! {
    /// The account blocks public access to all of its buckets.
    ///
    /// The account's settings hold for every bucket in it, whatever the bucket's own policy or ACL says, and so for
    /// those that somebody opens tomorrow. All four must be on. Where a parameter asks for `False`, the setting must be
    /// off: as in AWS's rule, the settings must be exactly those required.
    ///
    /// An account that never had these settings has no configuration item, and this rule never hears of it. Never not
    /// applicable to one that has.
    pub struct S3AccountLevelPublicAccessBlocks {
        id: "s3-account-level-public-access-blocks",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS"),
        remediation: "Turn all four settings on: `aws s3control put-public-access-block --account-id <account> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`. Look first for buckets that are meant to be public.",
    }
    params {
        /// Whether public policies must let in only the account itself and AWS's services.
        restrict_public_buckets: bool = true, "RestrictPublicBuckets";
        /// Whether new public policies must be refused.
        block_public_policy: bool = true, "BlockPublicPolicy";
        /// Whether new public ACLs must be refused.
        block_public_acls: bool = true, "BlockPublicAcls";
        /// Whether public ACLs must have no effect.
        ignore_public_acls: bool = true, "IgnorePublicAcls";
    }
}

impl Rule for S3AccountLevelPublicAccessBlocks {
    type View = s3::AccountPublicAccessBlock;
    type Params = Params;

    fn evaluate(
        block: &Item<'_, s3::AccountPublicAccessBlock>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let differences = differences([
            ("BlockPublicAcls", block.block_public_acls()?, params.block_public_acls),
            ("IgnorePublicAcls", block.ignore_public_acls()?, params.ignore_public_acls),
            ("BlockPublicPolicy", block.block_public_policy()?, params.block_public_policy),
            ("RestrictPublicBuckets", block.restrict_public_buckets()?, params.restrict_public_buckets),
        ]);
        Ok(match differences {
            None => Verdict::Compliant,
            Some(differences) => {
                Verdict::non_compliant(format!("the account's settings are not those required: {differences}"))
            }
        })
    }
}
