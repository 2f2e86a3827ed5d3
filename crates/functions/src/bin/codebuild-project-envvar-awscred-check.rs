//! The Lambda function of `codebuild-project-envvar-awscred-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::codebuild::CodebuildProjectEnvvarAwscredCheck>()
}
