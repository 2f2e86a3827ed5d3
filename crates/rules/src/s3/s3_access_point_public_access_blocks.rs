use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::public_access::differences;

rule! {
    /// Access points block public access.
    ///
    /// An access point has a policy of its own, which can open the bucket behind it to the world. What an access point
    /// blocks is set when it is made and can't be changed afterwards; all four settings must be on.
    ///
    /// Not applicable to the access points that `excludedAccessPoints` names.
    pub struct S3AccessPointPublicAccessBlocks {
        id: "s3-access-point-public-access-blocks",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_ACCESS_POINT_PUBLIC_ACCESS_BLOCKS"),
        remediation: "Delete the access point and make it again with all four settings on, which is what `aws s3control create-access-point` does unless it is told otherwise.",
    }
    params {
        /// Access points that may be public, by name.
        excluded: Vec<String>, "excludedAccessPoints";
    }
}

impl Rule for S3AccessPointPublicAccessBlocks {
    type View = s3::AccessPoint;
    type Params = Params;

    fn evaluate(point: &Item<'_, s3::AccessPoint>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(excluded) = &params.excluded {
            let name = point.name()?.or(point.source().resource_name());
            if name.is_some_and(|name| excluded.iter().any(|excluded| excluded == name)) {
                return Ok(Verdict::not_applicable("the access point is in excludedAccessPoints"));
            }
        }
        let Some(block) = point.public_access_block()? else {
            return Ok(Verdict::non_compliant("the item does not say what the access point blocks"));
        };
        let differences = differences([
            ("BlockPublicAcls", block.block_public_acls()?, true),
            ("IgnorePublicAcls", block.ignore_public_acls()?, true),
            ("BlockPublicPolicy", block.block_public_policy()?, true),
            ("RestrictPublicBuckets", block.restrict_public_buckets()?, true),
        ]);
        Ok(match differences {
            None => Verdict::Compliant,
            Some(differences) => {
                Verdict::non_compliant(format!("the access point does not block all public access: {differences}"))
            }
        })
    }
}
