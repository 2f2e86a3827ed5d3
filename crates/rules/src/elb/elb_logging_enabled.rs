use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::attributes::{attribute, not_an_application_one, not_on};

rule! {
    /// Application and Classic Load Balancers log requests.
    ///
    /// Access logs tell who asked for what, from where, and what the answer was: what an investigation of a disclosure
    /// starts from. Where `s3BucketNames` is given, they must be delivered to one of those buckets.
    ///
    /// Not applicable to network and gateway load balancers, as with AWS's rule: the first log TLS connections only,
    /// the second nothing.
    pub struct ElbLoggingEnabled {
        id: "elb-logging-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELB_LOGGING_ENABLED"),
        remediation: "Let Elastic Load Balancing write to a bucket, and turn logging on: `aws elbv2 modify-load-balancer-attributes --load-balancer-arn <arn> --attributes Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value=<bucket>`; for a Classic Load Balancer `aws elb modify-load-balancer-attributes`.",
    }
    params {
        /// Buckets that may receive the logs.
        buckets: Vec<String>, "s3BucketNames";
    }
}

impl Rule for ElbLoggingEnabled {
    type View = elb::AnyLoadBalancer;
    type Params = Params;

    fn evaluate(
        balancer: &Item<'_, elb::AnyLoadBalancer>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        if let elb::AnyLoadBalancer::Current(balancer) = &**balancer
            && let Some(verdict) = not_an_application_one(balancer)?
        {
            return Ok(verdict);
        }
        let off = match &**balancer {
            elb::AnyLoadBalancer::Classic(balancer) => classic_not_on(balancer)?,
            elb::AnyLoadBalancer::Current(balancer) => not_on(balancer, "access_logs.s3.enabled")?,
        };
        if let Some(off) = off {
            return Ok(Verdict::non_compliant(off));
        }
        let Some(accepted) = &params.buckets else { return Ok(Verdict::Compliant) };
        let bucket = match &**balancer {
            elb::AnyLoadBalancer::Classic(balancer) => classic_bucket(balancer)?,
            elb::AnyLoadBalancer::Current(balancer) => attribute(balancer, "access_logs.s3.bucket")?,
        };
        Ok(match bucket {
            Some(bucket) if accepted.iter().any(|accepted| accepted == bucket) => Verdict::Compliant,
            Some(bucket) => Verdict::non_compliant(format!(
                "access logs go to the bucket {bucket}, which is not among s3BucketNames"
            )),
            None => Verdict::non_compliant("the item does not say which bucket access logs go to"),
        })
    }
}

fn classic_not_on(balancer: &elb::ClassicLoadBalancer) -> Result<Option<String>, CannotJudge> {
    let enabled = match access_log(balancer)? {
        Some(log) => log.enabled()?,
        None => None,
    };
    Ok(match enabled {
        Some(true) => None,
        Some(false) => Some("access logs are off".to_owned()),
        None => Some("the item does not say whether access logs are on".to_owned()),
    })
}

fn classic_bucket(balancer: &elb::ClassicLoadBalancer) -> Result<Option<&str>, CannotJudge> {
    Ok(match access_log(balancer)? {
        Some(log) => log.bucket()?,
        None => None,
    })
}

fn access_log(balancer: &elb::ClassicLoadBalancer) -> Result<Option<&elb::AccessLog>, CannotJudge> {
    Ok(match balancer.attributes()? {
        Some(attributes) => attributes.access_log()?,
        None => None,
    })
}
