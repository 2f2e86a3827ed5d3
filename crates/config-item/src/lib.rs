//! The AWS Config configuration item: one type for all its wire shapes, and typed views of each resource type.
//!
//! AWS Config shows the same item in several shapes: in the event that invokes a rule, in the answers of
//! `GetResourceConfigHistory` and `BatchGetResourceConfig`, and in the snapshot and history files in S3. They differ in
//! the names of fields, in how often `configuration` and `supplementaryConfiguration` are encoded, and in how times are
//! written. [`ConfigurationItem::from_json`] reads all of them.
//!
//! What a rule needs of an item is a [`View`]: a struct with only the fields that rules read. A [`Field`] is absent, a
//! value, or unreadable, so that one odd field fails the rules that read it and no other.
//!
//! ```
//! use config_item::{ConfigurationItem, View, views::ec2};
//!
//! let item = ConfigurationItem::from_json(
//!     r#"{"resourceType": "AWS::EC2::Volume", "resourceId": "vol-1", "configuration": {"encrypted": true}}"#,
//! )?;
//! let volume = ec2::Volume::read(&item)?;
//! assert_eq!(volume.encrypted()?, Some(true));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod field;
mod item;
mod json;
mod members;
mod scalar;
mod scan;
mod time;
mod view;
pub mod views;

pub use field::{Field, Reading, Unreadable, Wire};
pub use item::{ConfigurationItem, ItemError, Relationship, Status, well_formed};
pub use scalar::{Document, Valued};
pub use scan::{DEEPEST, Scanner, TooDeep};
pub use time::parse_timestamp;
pub use view::{Item, View, ViewError};
