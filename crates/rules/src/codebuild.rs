//! Rules about AWS CodeBuild.

mod codebuild_project_artifact_encryption;
mod codebuild_project_envvar_awscred_check;
mod codebuild_project_source_repo_url_check;

use config_rule::Entry;

pub use codebuild_project_artifact_encryption::CodebuildProjectArtifactEncryption;
pub use codebuild_project_envvar_awscred_check::CodebuildProjectEnvvarAwscredCheck;
pub use codebuild_project_source_repo_url_check::CodebuildProjectSourceRepoUrlCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<CodebuildProjectArtifactEncryption>(),
    Entry::item::<CodebuildProjectEnvvarAwscredCheck>(),
    Entry::item::<CodebuildProjectSourceRepoUrlCheck>(),
];
