use config_item::{Item, views::sagemaker};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::judge_key;

rule! {
    /// SageMaker endpoints encrypt their storage with a KMS key.
    ///
    /// The volumes of an endpoint's instances hold the model and may hold what it was asked. An endpoint configuration
    /// must name a key for them and, where `kmsKeyArns` is given, one of those; a bare key id and an ARN are compared
    /// by the id, and which key an alias stands for is not in the item.
    ///
    /// AWS's managed rule runs on a schedule; this one judges each change.
    pub struct SagemakerEndpointConfigurationKmsKeyConfigured {
        id: "sagemaker-endpoint-configuration-kms-key-configured",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED"),
        remediation: "An endpoint configuration can't be changed: make one with a key, `aws sagemaker create-endpoint-config --kms-key-id <key>`, move the endpoint to it with `aws sagemaker update-endpoint`, and delete the old one.",
    }
    params {
        /// ARNs of the KMS keys that are accepted, separated by commas.
        keys: Vec<String>, "kmsKeyArns";
    }
}

impl Rule for SagemakerEndpointConfigurationKmsKeyConfigured {
    type View = sagemaker::EndpointConfig;
    type Params = Params;

    fn evaluate(
        endpoint: &Item<'_, sagemaker::EndpointConfig>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        Ok(judge_key("endpoint configuration", endpoint.kms_key_id()?, params.keys.as_deref()))
    }
}
