//! Rules about AWS CloudFormation.

mod cloudformation_stack_notification_check;
mod cloudformation_termination_protection_check;

use config_item::{Unreadable, views::cloudformation::Stack};
use config_rule::{Entry, Verdict};

pub use cloudformation_stack_notification_check::CloudformationStackNotificationCheck;
pub use cloudformation_termination_protection_check::CloudformationTerminationProtectionCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] =
    &[Entry::item::<CloudformationStackNotificationCheck>(), Entry::item::<CloudformationTerminationProtectionCheck>()];

/// The verdict on a nested stack: what its root stack has set holds for it.
fn nested(stack: &Stack) -> Result<Option<Verdict>, Unreadable> {
    let names_parent = |parent: Option<&str>| parent.is_some_and(|parent| !parent.is_empty());
    let is_nested = names_parent(stack.parent_id()?) || names_parent(stack.supplementary_parent_id()?);
    Ok(is_nested.then(|| Verdict::not_applicable("the stack is nested: its root stack is judged")))
}
