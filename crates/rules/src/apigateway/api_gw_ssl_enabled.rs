use config_item::{Item, views::apigateway};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Stages of REST APIs present a client certificate to their backends.
    ///
    /// With a certificate a backend can tell the API from anybody else who has found its address. The stage must have a
    /// client certificate; where `CertificateIDs` is given, one of those. Whether the backend asks for it is not in the
    /// item.
    pub struct ApiGwSslEnabled {
        id: "api-gw-ssl-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("API_GW_SSL_ENABLED"),
        remediation: "Make a certificate with `aws apigateway generate-client-certificate`, let the backend trust it, and set it: `aws apigateway update-stage --rest-api-id <api> --stage-name <stage> --patch-operations op=replace,path=/clientCertificateId,value=<id>`.",
    }
    params {
        /// Ids of client certificates that are accepted.
        accepted: Vec<String>, "CertificateIDs";
    }
}

impl Rule for ApiGwSslEnabled {
    type View = apigateway::Stage;
    type Params = Params;

    fn evaluate(stage: &Item<'_, apigateway::Stage>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(id) = stage.client_certificate_id()?.filter(|id| !id.is_empty()) else {
            return Ok(Verdict::non_compliant("the stage has no client certificate"));
        };
        Ok(match &params.accepted {
            Some(accepted) if !accepted.iter().any(|accepted| accepted == id) => Verdict::non_compliant(format!(
                "the stage's client certificate is {id}, which is not among CertificateIDs"
            )),
            _ => Verdict::Compliant,
        })
    }
}
