use config_item::{Item, Unreadable, views::ssm};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::version::is_at_least;

rule! {
    /// Servers have the log-shipping agent installed.
    ///
    /// What a server logs must be elsewhere before somebody on the server can delete it. The rule looks into the
    /// inventory that Systems Manager took of the instance: every application of `applicationNames` must be in it under
    /// exactly that name and, where a version follows a colon, in that version or a later one. That the agent runs, and
    /// where it ships to, is not in the inventory. An inventory that doesn't list applications is noncompliant.
    ///
    /// AWS's managed rule is the same for any application, but has no default.
    ///
    /// Not applicable to instances that are stopped or terminated and, with `platformType`, to those of another
    /// platform.
    pub struct LogShippingAgentInstalled {
        id: "log-shipping-agent-installed",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EC2_MANAGEDINSTANCE_APPLICATIONS_REQUIRED"),
        remediation: "Install the agent, best for all servers by a State Manager association: `aws ssm create-association --name AWS-RunShellScript --targets Key=tag:<key>,Values=<value> --parameters commands=<installation>`. The inventory is taken again within the hour; it needs `AWS-GatherSoftwareInventory`.",
    }
    params {
        /// Applications that must be installed, by the names of the inventory, separated by commas; a lowest version
        /// may follow a colon: `filebeat:8.15, alienvault-agent`.
        applications: Vec<String> = vec!["filebeat".to_owned()], "applicationNames";
        /// The platform that is judged: `Linux`, `Windows`, `MacOS`.
        platform: String, "platformType";
    }
}

impl Rule for LogShippingAgentInstalled {
    type View = ssm::ManagedInstanceInventory;
    type Params = Params;

    fn evaluate(
        inventory: &Item<'_, ssm::ManagedInstanceInventory>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        if let Some(status) = inventory.instance_status()?
            && ["stopped", "terminated"].iter().any(|gone| status.eq_ignore_ascii_case(gone))
        {
            return Ok(Verdict::not_applicable(format!("the instance is {}", status.to_ascii_lowercase())));
        }
        if let (Some(wanted), Some(platform)) = (&params.platform, platform(inventory)?)
            && !platform.eq_ignore_ascii_case(wanted)
        {
            return Ok(Verdict::not_applicable(format!("the platform is {platform}, not {wanted}")));
        }
        let applications = match inventory.applications()? {
            Some(section) => section.content()?,
            None => None,
        };
        let Some(applications) = applications else {
            return Ok(Verdict::non_compliant("the inventory does not list installed applications"));
        };
        let mut missing = Vec::new();
        for required in &params.applications {
            missing.extend(shortfall(applications, required)?);
        }
        if missing.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(missing.join("; ")))
    }
}

/// The platform; an inventory that doesn't say it is judged.
fn platform(inventory: &ssm::ManagedInstanceInventory) -> Result<Option<&str>, Unreadable> {
    let instances = match inventory.instance_information()? {
        Some(section) => section.content()?.unwrap_or_default(),
        None => &[],
    };
    match instances.first() {
        Some(instance) => instance.entry.platform_type(),
        None => Ok(None),
    }
}

/// Why a requirement, `name` or `name:version`, is not met, where it isn't. Of several installed versions, any will do.
fn shortfall(applications: &[ssm::Keyed<ssm::Application>], required: &str) -> Result<Option<String>, Unreadable> {
    let (name, lowest) = match required.split_once(':') {
        Some((name, version)) => (name.trim(), Some(version.trim())),
        None => (required, None),
    };
    let mut older = None;
    for application in applications {
        let installed = application.entry.name()?.or(application.key.as_deref());
        if installed != Some(name) {
            continue;
        }
        let Some(lowest) = lowest else { return Ok(None) };
        let version = application.entry.version()?.unwrap_or_default();
        if is_at_least(version, lowest) {
            return Ok(None);
        }
        older = Some(if version.is_empty() { "of unknown version" } else { version });
    }
    Ok(Some(match (older, lowest) {
        (Some(version), Some(lowest)) => format!("{name} is {version}, not at least the required {lowest}"),
        _ => format!("{name} is not installed"),
    }))
}
