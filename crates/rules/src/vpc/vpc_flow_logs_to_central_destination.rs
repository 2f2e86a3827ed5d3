use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Flow logs record all traffic and reach the central log store.
    ///
    /// A flow log that failed, that leaves out rejected traffic, or that writes where whoever broke in can delete it is
    /// no evidence afterwards. A flow log must be active, deliver without failure, record all traffic and, where
    /// `allowedDestinations` is given, deliver to one of them.
    ///
    /// Each flow log is judged by itself: that a VPC has none at all can't be seen here, and is what AWS's
    /// `vpc-flow-logs-enabled` is for.
    ///
    /// Not applicable to flow logs of the VPCs in `exemptVpcIds`.
    pub struct VpcFlowLogsToCentralDestination {
        id: "vpc-flow-logs-to-central-destination",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "A flow log can't be changed: create one that is right, `aws ec2 create-flow-logs --resource-type VPC --resource-ids <vpc> --traffic-type ALL --log-destination-type s3 --log-destination <bucket's ARN>`, then delete the other with `aws ec2 delete-flow-logs`. Where delivery failed, mend the bucket's policy or the role.",
    }
    params {
        /// Buckets, log groups and streams that flow logs may be delivered to, by ARN; a log group also by its name. A
        /// bucket stands for all prefixes in it.
        allowed: Vec<String>, "allowedDestinations";
        /// VPCs whose flow logs are left out.
        exempt: Vec<String>, "exemptVpcIds";
    }
}

impl Rule for VpcFlowLogsToCentralDestination {
    type View = ec2::FlowLog;
    type Params = Params;

    fn evaluate(log: &Item<'_, ec2::FlowLog>, params: &Params, cx: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(exempt) = &params.exempt
            && let Some(vpc) = log.resource_id()?
            && exempt.iter().any(|id| id == vpc)
        {
            return Ok(Verdict::not_applicable(format!("{vpc} is exempt")));
        }
        match log.flow_log_status()? {
            Some(status) if status.eq_ignore_ascii_case("ACTIVE") => {}
            Some(status) => return Ok(Verdict::non_compliant(format!("the flow log is {status}, not ACTIVE"))),
            None => return Ok(Verdict::non_compliant("the item does not say whether the flow log is active")),
        }
        match log.deliver_logs_status()? {
            Some(status) if status.eq_ignore_ascii_case("FAILED") => {
                return Ok(Verdict::non_compliant("the delivery of the logs failed"));
            }
            Some(_) => {}
            None => return Ok(Verdict::non_compliant("the item does not say whether the logs are delivered")),
        }
        match log.traffic_type()? {
            Some(traffic) if traffic.eq_ignore_ascii_case("ALL") => {}
            Some(traffic) => {
                return Ok(Verdict::non_compliant(format!("the flow log records {traffic} traffic, not ALL")));
            }
            None => return Ok(Verdict::non_compliant("the item does not say which traffic is recorded")),
        }
        let Some(allowed) = &params.allowed else { return Ok(Verdict::Compliant) };
        Ok(match destination(log, cx)? {
            Some(destination) if allowed.iter().any(|allowed| allows(allowed, &destination)) => Verdict::Compliant,
            Some(destination) => {
                Verdict::non_compliant(format!("the logs go to {destination}, which is not an allowed destination"))
            }
            None => Verdict::non_compliant("the item does not say where the logs go"),
        })
    }
}

/// The ARN of the bucket, stream or log group.
fn destination(log: &Item<'_, ec2::FlowLog>, cx: &Context) -> Result<Option<String>, CannotJudge> {
    if let Some(arn) = log.log_destination()?.filter(|arn| !arn.is_empty()) {
        return Ok(Some(arn.to_owned()));
    }
    let Some(name) = log.log_group_name()?.filter(|name| !name.is_empty()) else { return Ok(None) };
    // A log group that is only named is in the account and region of its flow log.
    let source = log.source();
    let region = source.region().unwrap_or(&cx.region);
    let account = source.account_id().unwrap_or(&cx.account);
    Ok(Some(format!("arn:{}:logs:{region}:{account}:log-group:{name}", cx.partition())))
}

fn allows(allowed: &str, destination: &str) -> bool {
    // The ARN of a log group may end in `:*`, that of a bucket in a slash.
    let plain = |text: &str| text.trim_end_matches(":*").trim_end_matches('/').to_owned();
    let (allowed, destination) = (plain(allowed), plain(destination));
    if allowed == destination {
        return true;
    }
    if let Some((_, name)) = destination.split_once(":log-group:") {
        return name == allowed;
    }
    allowed.contains(":s3:::") && destination.strip_prefix(&allowed).is_some_and(|rest| rest.starts_with('/'))
}
