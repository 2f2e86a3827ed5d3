//! Rules about AWS Lambda.

mod lambda_dlq_check;
mod lambda_function_settings_check;
mod lambda_inside_vpc;

use config_rule::Entry;

pub use lambda_dlq_check::LambdaDlqCheck;
pub use lambda_function_settings_check::LambdaFunctionSettingsCheck;
pub use lambda_inside_vpc::LambdaInsideVpc;

/// The rules of this service, by id.
pub const RULES: &[Entry] =
    &[Entry::item::<LambdaDlqCheck>(), Entry::item::<LambdaFunctionSettingsCheck>(), Entry::item::<LambdaInsideVpc>()];
