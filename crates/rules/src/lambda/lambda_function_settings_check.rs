use config_item::{Item, views::lambda};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Lambda functions have the settings that are required.
    ///
    /// A runtime out of support gets no security fixes; a role shared between functions grants each what the other
    /// needs. Each parameter asks for one setting, and without any the rule asks for nothing. AWS's managed rule needs
    /// a list of runtimes, and its page names 128 MB and 3 seconds as defaults; here, memory and timeout count only
    /// where they are given.
    ///
    /// Not applicable to functions of package type `Image`, which bring their runtime along, and to those whose runtime
    /// is only an operating system (`provided`, `provided.al2023`).
    pub struct LambdaFunctionSettingsCheck {
        id: "lambda-function-settings-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("LAMBDA_FUNCTION_SETTINGS_CHECK"),
        remediation: "Set what the verdict names: `aws lambda update-function-configuration --function-name <name>` with `--runtime`, `--role`, `--memory-size` or `--timeout`. Test the function on a new runtime before.",
    }
    params {
        /// Runtimes that are accepted, separated by commas: `python3.13, nodejs22.x`.
        runtimes: Vec<String>, "runtime";
        /// Name or ARN of the execution role required.
        role: String, "role";
        /// Memory required, in MB.
        memory: u32, "memorySize";
        /// Timeout required, in seconds.
        timeout: u32, "timeout";
    }
}

impl Rule for LambdaFunctionSettingsCheck {
    type View = lambda::Function;
    type Params = Params;

    fn evaluate(function: &Item<'_, lambda::Function>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if function.package_type()?.is_some_and(|package| package.eq_ignore_ascii_case("Image")) {
            return Ok(Verdict::not_applicable("the function is a container image, which has no runtime of Lambda"));
        }
        if let Some(runtime) = function.runtime()?.filter(|runtime| runtime.starts_with("provided")) {
            return Ok(Verdict::not_applicable(format!("the runtime {runtime} is only an operating system")));
        }
        let mut wrong = Vec::new();
        if let Some(accepted) = &params.runtimes {
            match function.runtime()? {
                Some(runtime) if accepted.iter().any(|accepted| accepted == runtime) => {}
                Some(runtime) => wrong.push(format!("the runtime {runtime} is not among those accepted")),
                None => wrong.push("the item does not say the runtime".to_owned()),
            }
        }
        if let Some(required) = &params.role {
            match function.role()? {
                Some(role) if same_role(role, required) => {}
                Some(role) => wrong.push(format!("the role is {role}, not the required {required}")),
                None => wrong.push("the item does not say the role".to_owned()),
            }
        }
        if let Some(required) = params.memory {
            wrong.extend(other_number("memory", "MB", function.memory_size()?, required));
        }
        if let Some(required) = params.timeout {
            wrong.extend(other_number("timeout", "seconds", function.timeout()?, required));
        }
        if wrong.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(wrong.join("; ")))
    }
}

fn same_role(role: &str, required: &str) -> bool {
    if required.starts_with("arn:") { role == required } else { role.rsplit('/').next() == Some(required) }
}

fn other_number(what: &str, unit: &str, found: Option<i64>, required: u32) -> Option<String> {
    match found {
        Some(found) if found == i64::from(required) => None,
        Some(found) => Some(format!("the {what} is {found} {unit}, not the required {required}")),
        None => Some(format!("the item does not say the {what}")),
    }
}
