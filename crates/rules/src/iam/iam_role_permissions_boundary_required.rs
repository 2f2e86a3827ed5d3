use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::roles::service_linked;

rule! {
    /// Delegated roles carry the permissions boundary.
    ///
    /// A team that may make its own roles can make one that is mightier than itself, unless a boundary caps what such
    /// roles may do. Roles below `rolePathPrefix` must carry the boundary `boundaryArn`; without that parameter any
    /// boundary will do.
    ///
    /// Not applicable to roles outside that path and to service-linked roles.
    pub struct IamRolePermissionsBoundaryRequired {
        id: "iam-role-permissions-boundary-required",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::HomeRegion,
        managed: Managed::None,
        remediation: "Set the boundary: `aws iam put-role-permissions-boundary --role-name <role> --permissions-boundary <policy ARN>`. Let teams make roles only with it, by the condition key `iam:PermissionsBoundary`.",
    }
    params {
        /// The ARN of the policy that must be the boundary.
        boundary: String, "boundaryArn";
        /// The beginning of the paths of the roles to judge.
        path_prefix: String = "/delegated/", "rolePathPrefix";
    }
}

impl Rule for IamRolePermissionsBoundaryRequired {
    type View = iam::Role;
    type Params = Params;

    fn evaluate(role: &Item<'_, iam::Role>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = service_linked(role)? {
            return Ok(verdict);
        }
        // A role without a path in the item is judged: it may be below the prefix.
        if role.path()?.is_some_and(|path| !path.starts_with(&params.path_prefix)) {
            return Ok(Verdict::not_applicable(format!("the role is not below {}", params.path_prefix)));
        }
        let boundary = match role.permissions_boundary()? {
            Some(boundary) => boundary.permissions_boundary_arn()?,
            None => None,
        };
        let Some(boundary) = boundary.filter(|arn| !arn.is_empty()) else {
            return Ok(Verdict::non_compliant("the role has no permissions boundary"));
        };
        Ok(match &params.boundary {
            Some(required) if boundary != required => {
                Verdict::non_compliant(format!("the role's boundary is {boundary}, not the required {required}"))
            }
            _ => Verdict::Compliant,
        })
    }
}
