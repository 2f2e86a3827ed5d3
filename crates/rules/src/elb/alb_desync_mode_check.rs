use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Parameter, Rule, Severity, Trigger, Verdict, rule};

use super::attributes::{attribute, not_an_application_one};

const MODE: &str = "routing.http.desync_mitigation_mode";

rule! {
    /// Application load balancers mitigate HTTP desync attacks.
    ///
    /// Two servers that read one ambiguous request differently can be made to hand a part of it to somebody else's
    /// session. The mode `monitor` only counts such requests; `defensive` and `strictest` stop them, and are accepted
    /// where no parameter says otherwise. AWS's managed rule has no default and must be given its modes.
    ///
    /// Not applicable to network and gateway load balancers.
    pub struct AlbDesyncModeCheck {
        id: "alb-desync-mode-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ALB_DESYNC_MODE_CHECK"),
        remediation: "Set the mode: `aws elbv2 modify-load-balancer-attributes --load-balancer-arn <arn> --attributes Key=routing.http.desync_mitigation_mode,Value=defensive`.",
    }
    params {
        /// Modes that are accepted: `defensive`, `strictest`, `monitor`.
        modes: Modes = Modes::default(), "desyncMode";
    }
}

/// Some of the modes that a load balancer can have.
#[derive(Clone, Debug)]
pub struct Modes(Vec<String>);

impl Default for Modes {
    fn default() -> Self {
        Self(vec!["defensive".to_owned(), "strictest".to_owned()])
    }
}

impl Parameter for Modes {
    const ACCEPTS: &'static str = "a comma-separated list of defensive, strictest and monitor";

    fn parse(text: &str) -> Option<Self> {
        let modes = Vec::<String>::parse(text)?;
        let known = |mode: &String| ["defensive", "strictest", "monitor"].contains(&mode.as_str());
        modes.iter().all(known).then_some(Self(modes))
    }

    fn show(&self) -> String {
        self.0.show()
    }
}

impl Rule for AlbDesyncModeCheck {
    type View = elb::LoadBalancer;
    type Params = Params;

    fn evaluate(balancer: &Item<'_, elb::LoadBalancer>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = not_an_application_one(balancer)? {
            return Ok(verdict);
        }
        let accepted = &params.modes.0;
        Ok(match attribute(balancer, MODE)? {
            Some(mode) if accepted.iter().any(|accepted| mode.eq_ignore_ascii_case(accepted)) => Verdict::Compliant,
            Some(mode) => {
                Verdict::non_compliant(format!("the desync mitigation mode is {mode}, not {}", accepted.join(" or ")))
            }
            None => Verdict::non_compliant(format!("the item does not list the attribute {MODE}")),
        })
    }
}
