use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Launch templates do not hand out public addresses.
    ///
    /// What a template says is said for every instance that is ever launched from it. Judged is the version that the
    /// item holds; where a template has no network interface, or an interface says nothing of addresses, the subnet
    /// decides.
    ///
    /// Not applicable to templates in `exemptedLaunchTemplates`.
    pub struct Ec2LaunchTemplatePublicIpDisabled {
        id: "ec2-launch-template-public-ip-disabled",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EC2_LAUNCH_TEMPLATE_PUBLIC_IP_DISABLED"),
        remediation: "Make a version with `AssociatePublicIpAddress` false, `aws ec2 create-launch-template-version`, and make it the default: `aws ec2 modify-launch-template --launch-template-id <template> --default-version <version>`.",
    }
    params {
        /// Ids or names of launch templates that are left out.
        exempt: Vec<String>, "exemptedLaunchTemplates";
    }
}

impl Rule for Ec2LaunchTemplatePublicIpDisabled {
    type View = ec2::LaunchTemplate;
    type Params = Params;

    fn evaluate(
        template: &Item<'_, ec2::LaunchTemplate>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        if let Some(exempt) = &params.exempt {
            let names = [Some(template.source().resource_id()), template.id()?, template.name()?];
            if exempt.iter().any(|exempt| names.contains(&Some(exempt.as_str()))) {
                return Ok(Verdict::not_applicable("the launch template is exempt"));
            }
        }
        let Some(data) = template.data()? else {
            return Ok(Verdict::non_compliant("the item does not hold what the template launches"));
        };
        let mut public = 0;
        for interface in data.network_interfaces()?.unwrap_or_default() {
            if interface.associate_public_ip_address()? == Some(true) {
                public += 1;
            }
        }
        Ok(match public {
            0 => Verdict::Compliant,
            1 => Verdict::non_compliant("a network interface of the template gets a public address"),
            _ => Verdict::non_compliant(format!("{public} network interfaces of the template get public addresses")),
        })
    }
}
