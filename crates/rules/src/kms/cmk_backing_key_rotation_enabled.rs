use config_item::{Item, views::kms};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Customer keys are rotated.
    ///
    /// With rotation KMS makes new key material every year (or as often as it is told), so that no single secret guards
    /// the data of a decade; old material stays for what it encrypted. AWS's managed rule looks on a schedule, this one
    /// as soon as the key changes.
    ///
    /// Not applicable to AWS's own keys, to those that KMS does not rotate by itself (asymmetric and HMAC keys, imported
    /// material, custom key stores), and to keys that are disabled or wait for their deletion.
    pub struct CmkBackingKeyRotationEnabled {
        id: "cmk-backing-key-rotation-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("CMK_BACKING_KEY_ROTATION_ENABLED"),
        remediation: "Turn rotation on: `aws kms enable-key-rotation --key-id <key>`. Nothing that uses the key has to change.",
    }
}

impl Rule for CmkBackingKeyRotationEnabled {
    type View = kms::Key;
    type Params = Params;

    fn evaluate(key: &Item<'_, kms::Key>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(why) = not_applicable(key)? {
            return Ok(Verdict::not_applicable(why));
        }
        Ok(match key.key_rotation_status()? {
            Some(true) => Verdict::Compliant,
            Some(false) => Verdict::non_compliant("the key is not rotated"),
            None => Verdict::non_compliant("the item does not say whether the key is rotated"),
        })
    }
}

fn not_applicable(key: &kms::Key) -> Result<Option<String>, CannotJudge> {
    if key.key_manager()?.is_some_and(|manager| manager.eq_ignore_ascii_case("AWS")) {
        return Ok(Some("the key is AWS's own".to_owned()));
    }
    if let Some(state @ ("Disabled" | "PendingDeletion" | "PendingReplicaDeletion")) = key.key_state()? {
        return Ok(Some(format!("the key is not in use (state {state})")));
    }
    let spec = match key.key_spec()? {
        Some(spec) => Some(spec),
        None => key.customer_master_key_spec()?,
    };
    if let Some(spec) = spec.filter(|spec| *spec != "SYMMETRIC_DEFAULT") {
        return Ok(Some(format!("KMS does not rotate keys of the kind {spec}")));
    }
    if let Some(origin) = key.origin()?.filter(|origin| *origin != "AWS_KMS") {
        return Ok(Some(format!("KMS does not rotate key material from {origin}")));
    }
    if key.custom_key_store_id()?.is_some_and(|store| !store.is_empty()) {
        return Ok(Some("KMS does not rotate keys of a custom key store".to_owned()));
    }
    Ok(None)
}
