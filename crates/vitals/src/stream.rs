//! Reading files of configuration items as a stream: in constant memory, on all cores, in the input's order.
//!
//! One thread unpacks and finds where items end ([`split`]); workers look at whole batches of items; whoever asked gets
//! their results in the order of the input, whatever the number of workers.

mod newest;
mod pipeline;
mod source;
mod split;

pub(crate) use newest::{Keys, Newest};
pub(crate) use pipeline::{Step, for_each_batch};
pub(crate) use source::{Limits, Source, find};
pub(crate) use split::{Batch, Splitter};
