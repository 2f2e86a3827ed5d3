//! AWS CodeBuild.

use serde::de::{MapAccess, SeqAccess};

use super::macros::{object, view};
use crate::{Reading, Wire};

view! {
    /// A build project.
    pub struct Project("AWS::CodeBuild::Project") {
        configuration {
            /// The primary source.
            primary_source: OneOrMore<Source> = "source",
            /// Further sources.
            secondary_sources: Vec<Source> = "secondarySources",
            /// The primary output.
            primary_artifacts: OneOrMore<Artifacts> = "artifacts",
            /// Further outputs.
            secondary_artifacts: Vec<Artifacts> = "secondaryArtifacts",
            /// Where builds run.
            environment: Environment = "environment",
        }
    }
}

object! {
    /// What a project builds.
    pub struct Source at "configuration.(source|secondarySources)" {
        /// `GITHUB`, `BITBUCKET`, `CODECOMMIT`, `S3`, …
        source_type: String = "type",
        /// Where the source is: for a repository, its URL.
        location: String = "location",
        /// The name of a secondary source.
        identifier: String = "sourceIdentifier",
    }
}

object! {
    /// What becomes of a build's output.
    pub struct Artifacts at "configuration.(artifacts|secondaryArtifacts)" {
        /// `S3`, `CODEPIPELINE` or `NO_ARTIFACTS`.
        artifacts_type: String = "type",
        /// Whether the output is left unencrypted; left out where it isn't.
        encryption_disabled: bool = "encryptionDisabled",
        /// The name of secondary artifacts.
        identifier: String = "artifactIdentifier",
    }
}

object! {
    /// Where builds run.
    pub struct Environment at "configuration.environment" {
        /// The variables that builds see.
        environment_variables: Vec<EnvironmentVariable> = "environmentVariables",
    }
}

object! {
    /// A variable that builds see.
    pub struct EnvironmentVariable at "configuration.environment.environmentVariables" {
        /// The variable's name.
        name: String = "name",
        /// `PLAINTEXT`, `PARAMETER_STORE` or `SECRETS_MANAGER`; left out, the first.
        variable_type: String = "type",
    }
}

/// An object, or a list with it: real items hold a list of one where the API of CodeBuild has the object itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOrMore<T>(Vec<T>);

impl<T: Wire + 'static> Wire for OneOrMore<T> {
    type Ref<'a> = &'a [T];
    const EXPECTED: &'static str = "an object or a list";

    fn as_seen(&self) -> &[T] {
        &self.0
    }

    fn from_text(text: &str) -> Reading<Self> {
        crate::field::from_embedded(text)
    }

    fn from_list<'de, A: SeqAccess<'de>>(list: A) -> Result<Reading<Self>, A::Error> {
        Ok(Vec::from_list(list)?.map(Self))
    }

    fn from_object<'de, A: MapAccess<'de>>(object: A) -> Result<Reading<Self>, A::Error> {
        Ok(T::from_object(object)?.map(|value| Self(vec![value])))
    }

    fn paths(path: &str, into: &mut Vec<String>) {
        T::paths(path, into);
    }
}
