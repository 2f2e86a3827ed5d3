use config_item::{Item, views::apigateway};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::first_of;

rule! {
    /// Caches of REST API stages are on and encrypted.
    ///
    /// What a stage caches are answers, and answers hold what the API protects. The stage must have a cache, and every
    /// setting of its methods must turn caching on and encrypt what is cached. As with AWS's rule, a stage without a
    /// cache is noncompliant. So is one with a cache and no settings: caching is off for a method until it is turned
    /// on. Which methods there are is not in the item: those without a setting are seen only where `*/*` has one.
    pub struct ApiGwCacheEnabledAndEncrypted {
        id: "api-gw-cache-enabled-and-encrypted",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("API_GW_CACHE_ENABLED_AND_ENCRYPTED"),
        remediation: "Turn the cache on and encrypt it: `aws apigateway update-stage --rest-api-id <api> --stage-name <stage> --patch-operations op=replace,path=/cacheClusterEnabled,value=true op=replace,path=/cacheClusterSize,value=0.5 'op=replace,path=/*/*/caching/enabled,value=true' 'op=replace,path=/*/*/caching/dataEncrypted,value=true'`.",
    }
}

impl Rule for ApiGwCacheEnabledAndEncrypted {
    type View = apigateway::Stage;
    type Params = Params;

    fn evaluate(stage: &Item<'_, apigateway::Stage>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        match stage.cache_cluster_enabled()? {
            Some(true) => {}
            Some(false) => return Ok(Verdict::non_compliant("the stage has no cache")),
            None => return Ok(Verdict::non_compliant("the item does not say whether the stage has a cache")),
        }
        let Some(settings) = stage.method_settings()?.filter(|settings| !settings.is_empty()) else {
            return Ok(Verdict::non_compliant("the stage has a cache, but no method's settings turn caching on"));
        };
        let mut findings = Vec::new();
        for (method, settings) in settings {
            if settings.caching_enabled()? != Some(true) {
                findings.push(format!("caching is off for the method {method}"));
            } else if settings.cache_data_encrypted()? != Some(true) {
                findings.push(format!("what is cached for the method {method} is not encrypted"));
            }
        }
        Ok(first_of(&findings, "method setting"))
    }
}
