use config_item::{Item, views::codebuild};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// CodeBuild encrypts the artifacts of its builds.
    ///
    /// What a build puts out is what runs in production; encrypted, it is read and replaced only by those who may use
    /// the key. CodeBuild encrypts unless it was told not to, for the primary artifacts and for each secondary one.
    ///
    /// Not applicable to projects without artifacts (`NO_ARTIFACTS`, and no secondary ones).
    pub struct CodebuildProjectArtifactEncryption {
        id: "codebuild-project-artifact-encryption",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("CODEBUILD_PROJECT_ARTIFACT_ENCRYPTION"),
        remediation: "Set `encryptionDisabled` to false on the project's artifacts and secondary artifacts: `aws codebuild update-project --name <name> --artifacts <document> --secondary-artifacts <document>`. Build again to replace what lies unencrypted.",
    }
}

impl Rule for CodebuildProjectArtifactEncryption {
    type View = codebuild::Project;
    type Params = Params;

    fn evaluate(project: &Item<'_, codebuild::Project>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let primary = project.primary_artifacts()?.unwrap_or_default();
        if primary.is_empty() {
            return Ok(Verdict::non_compliant("the item does not say what becomes of the build's artifacts"));
        }
        let (mut any, mut unencrypted) = (false, Vec::new());
        for artifacts in primary.iter().chain(project.secondary_artifacts()?.unwrap_or_default()) {
            if artifacts.artifacts_type()?.is_some_and(|kind| kind.eq_ignore_ascii_case("NO_ARTIFACTS")) {
                continue;
            }
            any = true;
            if artifacts.encryption_disabled()? == Some(true) {
                unencrypted.push(artifacts.identifier()?.unwrap_or("primary"));
            }
        }
        if !any {
            return Ok(Verdict::not_applicable("the project keeps no artifacts"));
        }
        if unencrypted.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!("encryption is disabled for artifacts: {}", unencrypted.join(", "))))
    }
}
