//! AWS CodeBuild.
