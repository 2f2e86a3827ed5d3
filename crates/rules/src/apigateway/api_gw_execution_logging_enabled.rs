use config_item::{Item, views::apigateway};
use config_rule::{CannotJudge, Context, Home, Managed, Parameter, Rule, Severity, Trigger, Verdict, rule};

use crate::words::first_of;

rule! {
    /// Stages of REST and WebSocket APIs log executions.
    ///
    /// Execution logs tell what became of a request inside the API: who was let in by which authorizer, and which
    /// backend failed. Every setting of a REST stage's methods must have an accepted logging level, and so must the
    /// default of a WebSocket stage's routes and every route with a level of its own. A REST stage without settings
    /// logs nothing. Which methods there are is not in the item: those without a setting are seen only where `*/*` has
    /// one.
    ///
    /// Not applicable to stages of HTTP APIs, which have no execution logs. The item doesn't say the kind of API, but
    /// only HTTP APIs have a stage called `$default`; any other stage without a level is judged as a WebSocket API's.
    pub struct ApiGwExecutionLoggingEnabled {
        id: "api-gw-execution-logging-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("API_GW_EXECUTION_LOGGING_ENABLED"),
        remediation: "Give API Gateway a role for CloudWatch Logs (`aws apigateway update-account`) and set the level: `aws apigateway update-stage --rest-api-id <api> --stage-name <stage> --patch-operations 'op=replace,path=/*/*/logging/loglevel,value=ERROR'`; for a WebSocket API `aws apigatewayv2 update-stage --default-route-settings LoggingLevel=ERROR`.",
    }
    params {
        /// Logging levels that are accepted.
        levels: Levels = Levels::default(), "loggingLevel";
    }
}

/// Some of the levels at which executions are logged.
#[derive(Clone, Debug)]
pub struct Levels(Vec<String>);

impl Default for Levels {
    fn default() -> Self {
        Self(vec!["ERROR".to_owned(), "INFO".to_owned()])
    }
}

impl Parameter for Levels {
    const ACCEPTS: &'static str = "a comma-separated list of ERROR and INFO";

    fn parse(text: &str) -> Option<Self> {
        let levels = Vec::<String>::parse(text)?;
        let known = |level: &String| ["ERROR", "INFO"].contains(&level.as_str());
        levels.iter().all(known).then_some(Self(levels))
    }

    fn show(&self) -> String {
        self.0.show()
    }
}

impl Levels {
    /// What is wrong with the level of `what`.
    fn finding(&self, level: Option<&str>, what: &str) -> Option<String> {
        match level {
            Some(level) if self.0.iter().any(|accepted| level.eq_ignore_ascii_case(accepted)) => None,
            Some(level) => Some(format!("the logging level of {what} is {level}, not {}", self.0.join(" or "))),
            None => Some(format!("the item does not say the logging level of {what}")),
        }
    }
}

impl Rule for ApiGwExecutionLoggingEnabled {
    type View = apigateway::AnyStage;
    type Params = Params;

    fn evaluate(stage: &Item<'_, apigateway::AnyStage>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        match &**stage {
            apigateway::AnyStage::Rest(stage) => rest(stage, &params.levels),
            apigateway::AnyStage::V2(stage) => v2(stage, &params.levels),
        }
    }
}

fn rest(stage: &apigateway::Stage, levels: &Levels) -> Result<Verdict, CannotJudge> {
    let Some(settings) = stage.method_settings()?.filter(|settings| !settings.is_empty()) else {
        return Ok(Verdict::non_compliant("no method's settings turn execution logs on"));
    };
    let mut findings = Vec::new();
    for (method, settings) in settings {
        findings.extend(levels.finding(settings.logging_level()?, &format!("the method {method}")));
    }
    Ok(first_of(&findings, "method setting"))
}

fn v2(stage: &apigateway::StageV2, levels: &Levels) -> Result<Verdict, CannotJudge> {
    let level = match stage.default_route_settings()? {
        Some(settings) => settings.logging_level()?,
        None => None,
    };
    if level.is_none() && stage.stage_name()? == Some("$default") {
        return Ok(Verdict::not_applicable("the stage is an HTTP API's, which has no execution logs"));
    }
    let mut findings = Vec::new();
    findings.extend(levels.finding(level, "routes by default"));
    for (route, settings) in stage.route_settings()?.into_iter().flatten() {
        if let Some(level) = settings.logging_level()? {
            findings.extend(levels.finding(Some(level), &format!("the route {route}")));
        }
    }
    Ok(first_of(&findings, "route"))
}
