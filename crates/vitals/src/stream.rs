//! Reading files of configuration items as a stream: in constant memory, on all cores, in the input's order.
//!
//! One thread unpacks and finds where items end ([`split`]); workers look at whole batches of items; whoever asked gets
//! their results in the order of the input, whatever the number of workers.

mod interrupt;
mod newest;
mod pipeline;
mod progress;
mod source;
mod split;

pub(crate) use interrupt::{EXIT_CODE as INTERRUPTED_EXIT_CODE, interrupted, listen as listen_for_interrupt};
pub(crate) use newest::{Keys, Newest};
pub(crate) use pipeline::{Step, for_each_batch};
pub(crate) use progress::{say, show_no_progress};
pub(crate) use source::{Limits, Source, file, find};
pub(crate) use split::{Batch, Splitter};

/// Cuts a file, unpacking it if it is gzip, as it arrives in pieces of at most so many bytes.
#[cfg(fuzzing)]
pub(crate) fn split_in_pieces(file: &[u8], piece: usize) -> Result<Vec<Vec<u8>>, String> {
    use std::io::Read;

    struct Pieces<R>(R, usize);
    impl<R: Read> Read for Pieces<R> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let most = into.len().min(self.1);
            self.0.read(&mut into[..most])
        }
    }

    let input: Box<dyn Read + '_> = if file.starts_with(&[0x1f, 0x8b]) {
        Box::new(flate2::bufread::MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut splitter = Splitter::new(Pieces(input, piece), Limits { item: 1 << 14, unpacked: 1 << 16 });
    let mut items = Vec::new();
    while let Some(batch) = splitter.next_batch().map_err(|error| error.to_string())? {
        for (item, _) in batch.items() {
            // Whatever looks like an item is read as one.
            if let Ok(text) = std::str::from_utf8(item) {
                let _ = config_item::ConfigurationItem::from_shallow_json(text);
            }
            items.push(item.to_vec());
        }
    }
    Ok(items)
}
