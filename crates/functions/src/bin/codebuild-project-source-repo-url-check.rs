//! The Lambda function of `codebuild-project-source-repo-url-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::codebuild::CodebuildProjectSourceRepoUrlCheck>()
}
