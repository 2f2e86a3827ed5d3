use config_item::{Item, views::codebuild};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

const HOSTS: [&str; 3] = ["GITHUB", "GITHUB_ENTERPRISE", "BITBUCKET"];

/// How tokens of GitHub and Bitbucket begin.
const TOKENS: [&str; 8] = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "ATBB", "ATCTT"];

rule! {
    /// Repository URLs of CodeBuild projects carry no credentials.
    ///
    /// A URL with a password or a token in it gives the repository to whoever may look at the project or its logs. No
    /// source of GitHub, GitHub Enterprise or Bitbucket, primary or secondary, may have anything before an `@` in its
    /// URL, a query that speaks of a token or a password, or what begins like a token. AWS's managed rule is about
    /// tokens and user names with passwords; here a lone user name counts as well, since a token may stand in its place
    /// and can't be told from it.
    ///
    /// Not applicable to projects without such a source.
    pub struct CodebuildProjectSourceRepoUrlCheck {
        id: "codebuild-project-source-repo-url-check",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::FallsShort {
            identifier: "CODEBUILD_PROJECT_SOURCE_REPO_URL_CHECK",
            because: "it is about tokens and user names with passwords, and a lone user name may be a token",
        },
        remediation: "Revoke the token or change the password, since it may have been read; connect CodeBuild to the provider by OAuth or a connection, and give the plain URL: `aws codebuild update-project --name <name> --source <document>`.",
    }
}

impl Rule for CodebuildProjectSourceRepoUrlCheck {
    type View = codebuild::Project;
    type Params = Params;

    fn evaluate(project: &Item<'_, codebuild::Project>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let primary = project.primary_source()?.unwrap_or_default();
        if primary.is_empty() {
            return Ok(Verdict::non_compliant("the item does not say where the project's source is"));
        }
        let (mut judged, mut unknown, mut revealing) = (false, Vec::new(), Vec::new());
        for source in primary.iter().chain(project.secondary_sources()?.unwrap_or_default()) {
            let Some(kind) = source.source_type()? else {
                unknown.push(name(source)?);
                continue;
            };
            if !HOSTS.iter().any(|host| kind.eq_ignore_ascii_case(host)) {
                continue;
            }
            judged = true;
            match source.location()? {
                Some(url) if has_credentials(url) => revealing.push(name(source)?),
                Some(_) => {}
                None => unknown.push(name(source)?),
            }
        }
        Ok(if !revealing.is_empty() {
            Verdict::non_compliant(format!(
                "the URL holds credentials or a user name in sources: {}",
                revealing.join(", ")
            ))
        } else if !unknown.is_empty() {
            Verdict::non_compliant(format!("the item does not say type and URL of sources: {}", unknown.join(", ")))
        } else if judged {
            Verdict::Compliant
        } else {
            Verdict::not_applicable("the project has no source in GitHub or Bitbucket")
        })
    }
}

/// Every source but the primary one has a name.
fn name(source: &codebuild::Source) -> Result<&str, CannotJudge> {
    Ok(source.identifier()?.unwrap_or("primary"))
}

fn has_credentials(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // Over SSH every user is called git, and the key is elsewhere.
    if authority.rsplit_once('@').is_some_and(|(user, _)| user != "git") {
        return true;
    }
    let query = rest.split_once('?').map_or("", |(_, query)| query).to_ascii_lowercase();
    if query.contains("token") || query.contains("password") {
        return true;
    }
    let mut words = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    // Tokens are at least 20 characters long; a repository may be called ghp_tools.
    words.any(|word| word.len() >= 20 && TOKENS.iter().any(|token| word.starts_with(token)))
}
