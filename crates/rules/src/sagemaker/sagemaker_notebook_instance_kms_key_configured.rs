use config_item::{Item, views::sagemaker};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::judge_key;

rule! {
    /// SageMaker notebooks encrypt their storage with a KMS key.
    ///
    /// Analysts download extracts to their notebook's volume, and there they stay. A notebook instance must name a key
    /// for it and, where `kmsKeyArns` is given, one of those; a bare key id and an ARN are compared by the id, and
    /// which key an alias stands for is not in the item.
    ///
    /// AWS's managed rule runs on a schedule; this one judges each change.
    pub struct SagemakerNotebookInstanceKmsKeyConfigured {
        id: "sagemaker-notebook-instance-kms-key-configured",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("SAGEMAKER_NOTEBOOK_INSTANCE_KMS_KEY_CONFIGURED"),
        remediation: "A notebook's key can't be changed: make a new one with `aws sagemaker create-notebook-instance --kms-key-id <key>`, copy the work over, and delete the old one.",
    }
    params {
        /// ARNs of the KMS keys that are accepted, separated by commas.
        keys: Vec<String>, "kmsKeyArns";
    }
}

impl Rule for SagemakerNotebookInstanceKmsKeyConfigured {
    type View = sagemaker::NotebookInstance;
    type Params = Params;

    fn evaluate(
        notebook: &Item<'_, sagemaker::NotebookInstance>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        Ok(judge_key("notebook instance", notebook.kms_key_id()?, params.keys.as_deref()))
    }
}
