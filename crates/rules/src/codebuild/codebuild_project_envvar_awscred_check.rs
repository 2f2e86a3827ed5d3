use config_item::{Item, views::codebuild};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

const KEYS: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

rule! {
    /// CodeBuild projects hold no AWS keys in plain text.
    ///
    /// Whoever may look at a project reads its plain-text variables, and so does every build's log that prints its
    /// environment. `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` must not be among them; a variable that doesn't say
    /// its type is plain text. Fetched from Parameter Store or Secrets Manager they are accepted, though a build needs
    /// neither: it has its role.
    pub struct CodebuildProjectEnvvarAwscredCheck {
        id: "codebuild-project-envvar-awscred-check",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK"),
        remediation: "Delete the access key in IAM, since it may have been read, and take the variables out: `aws codebuild update-project --name <name> --environment <document>`. Grant what the build needs to the project's service role.",
    }
}

impl Rule for CodebuildProjectEnvvarAwscredCheck {
    type View = codebuild::Project;
    type Params = Params;

    fn evaluate(project: &Item<'_, codebuild::Project>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let variables = match project.environment()? {
            Some(environment) => environment.environment_variables()?,
            None => None,
        };
        let Some(variables) = variables else {
            return Ok(Verdict::non_compliant("the item does not list the project's environment variables"));
        };
        let mut found = Vec::new();
        for variable in variables {
            let name = variable.name()?.unwrap_or_default();
            if KEYS.contains(&name)
                && variable.variable_type()?.is_none_or(|kind| kind.eq_ignore_ascii_case("PLAINTEXT"))
            {
                found.push(name);
            }
        }
        if found.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!("the project's environment holds in plain text: {}", found.join(", "))))
    }
}
