use config_item::views::elasticsearch::{self, SearchDomain};
use config_item::views::opensearch;
use config_item::{Item, Unreadable};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::keys::same_key;
use crate::switches::must_be_on;

rule! {
    /// Search domains are encrypted at rest with an approved KMS key.
    ///
    /// Whoever may use the key may read the data: a key of one's own has a policy of one's own and can be taken away.
    /// Domains of both resource types are judged. Which keys are approved is for `allowedKeyArns` to say; without it, any
    /// key will do, as the item does not tell a key of AWS's from a customer's. A bare key id and an ARN are compared by
    /// the id.
    pub struct ElasticsearchKmsCustomerKey {
        id: "elasticsearch-kms-customer-key",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "The key of an encrypted domain can't be changed: make a new domain with `--encryption-at-rest-options Enabled=true,KmsKeyId=<key>` (`aws opensearch create-domain`), restore a snapshot into it, and delete the old one. A domain without encryption takes the option with `aws opensearch update-domain-config`.",
    }
    params {
        /// The KMS keys approved, by ARN or id.
        allowed_keys: Vec<String>, "allowedKeyArns";
    }
}

impl Rule for ElasticsearchKmsCustomerKey {
    type View = SearchDomain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, SearchDomain>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let enabled = encrypted(domain)?;
        let (Some(true), Some(allowed)) = (enabled, &params.allowed_keys) else {
            return Ok(must_be_on("encryption at rest", enabled));
        };
        Ok(match key(domain)? {
            Some(key) if allowed.iter().any(|one| same_key(key, one)) => Verdict::Compliant,
            Some(key) if !key.is_empty() => {
                Verdict::non_compliant(format!("the domain is encrypted with {key}, which is not in allowedKeyArns"))
            }
            _ => Verdict::non_compliant("the item does not say which key the domain is encrypted with"),
        })
    }
}

fn encrypted(domain: &SearchDomain) -> Result<Option<bool>, Unreadable> {
    match domain {
        SearchDomain::Elasticsearch(domain) => {
            domain.encryption_at_rest()?.map_or(Ok(None), elasticsearch::EncryptionAtRest::enabled)
        }
        SearchDomain::OpenSearch(domain) => {
            domain.encryption_at_rest()?.map_or(Ok(None), opensearch::EncryptionAtRest::enabled)
        }
    }
}

fn key(domain: &SearchDomain) -> Result<Option<&str>, Unreadable> {
    match domain {
        SearchDomain::Elasticsearch(domain) => {
            domain.encryption_at_rest()?.map_or(Ok(None), elasticsearch::EncryptionAtRest::kms_key_id)
        }
        SearchDomain::OpenSearch(domain) => {
            domain.encryption_at_rest()?.map_or(Ok(None), opensearch::EncryptionAtRest::kms_key_id)
        }
    }
}
