//! The Lambda function of `codebuild-project-artifact-encryption`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::codebuild::CodebuildProjectArtifactEncryption>()
}
