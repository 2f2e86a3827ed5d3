//! One thread reads, several work, and results come back in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Result, anyhow};

use super::interrupt::interrupted;
use super::progress::Progress;
use super::source::{Limits, Source};
use super::split::{Batch, ReadError, Splitter};

/// Batches on their way for each worker: enough that nobody waits, few enough that memory stays small.
const BATCHES_A_WORKER: usize = 3;

/// What comes out of the pipeline, in the order of the input.
pub(crate) enum Step<'s, T> {
    /// What the worker made of a batch.
    Batch(&'s Source, T),
    /// The source can't be read on.
    Failed(&'s Source, ReadError),
    /// The source can't be opened.
    Unreadable(anyhow::Error),
}

enum Read {
    Batch(usize, Batch),
    Failed(usize, ReadError),
    Unreadable(anyhow::Error),
}

/// Reads the sources batch by batch, has each batch looked at on one of all cores, and hands the results to `take` in the
/// input's order. Where `take` fails, reading ends.
pub(crate) fn for_each_batch<'s, T: Send>(
    sources: &'s [Source],
    limits: Limits,
    work: impl Fn(&Source, &Batch) -> T + Sync,
    mut take: impl FnMut(Step<'s, T>) -> Result<()>,
) -> Result<()> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let stopped = AtomicBool::new(false);
    let mut progress = Progress::of(sources.iter().map(Source::size).sum())?;
    // A batch needs a permit to be read, which comes back when its result was taken: the memory of an earlier one.
    let (permit_back, permits) = sync_channel(workers * BATCHES_A_WORKER);
    for _ in 0..workers * BATCHES_A_WORKER {
        permit_back.send(Vec::new())?;
    }
    let (read_out, read_in) = channel::<(u64, Read)>();
    let read_in = Mutex::new(read_in);
    let (done_out, done_in) = channel::<(u64, Read, Option<T>)>();
    thread::scope(|scope| {
        let stopped = &stopped;
        let reader = scope.spawn(move || {
            let mut number = 0;
            let mut items = 0;
            let mut send = |read| {
                let read = match read {
                    Read::Batch(index, batch) => {
                        let first = items;
                        items += batch.items().len() as u64;
                        Read::Batch(index, batch.after(first))
                    }
                    other => other,
                };
                let memory = permits.recv().ok().filter(|_| !stopped.load(Ordering::Relaxed) && !interrupted())?;
                read_out.send((number, read)).ok()?;
                number += 1;
                Some(memory)
            };
            let mut sources = sources.iter().enumerate();
            sources.all(|(index, source)| read_source(index, source, limits, &mut send).is_some())
        });
        for _ in 0..workers {
            let (done_out, read_in, work) = (done_out.clone(), &read_in, &work);
            scope.spawn(move || {
                while let Some((number, read)) = next(read_in) {
                    let made = match &read {
                        Read::Batch(index, batch) => Some(work(&sources[*index], batch)),
                        Read::Failed(..) | Read::Unreadable(_) => None,
                    };
                    if done_out.send((number, read, made)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done_out);
        let mut waiting = BTreeMap::new();
        let mut turn = 0;
        for (number, read, made) in &done_in {
            waiting.insert(number, (read, made));
            while let Some((read, made)) = waiting.remove(&turn) {
                turn += 1;
                let (step, memory) = match (read, made) {
                    (Read::Batch(index, batch), Some(made)) => {
                        progress.items(batch.items().len());
                        (Step::Batch(&sources[index], made), batch.into_memory())
                    }
                    (Read::Failed(index, error), _) => (Step::Failed(&sources[index], error), Vec::new()),
                    (Read::Unreadable(error), _) => (Step::Unreadable(error), Vec::new()),
                    (Read::Batch(_, _), None) => continue,
                };
                if let Err(error) = take(step) {
                    stopped.store(true, Ordering::Relaxed);
                    // The reader may be waiting for a permit, and must see that it is over.
                    drop(done_in);
                    drop(permit_back);
                    return Err(error);
                }
                // The reader is gone when everything was read.
                let _ = permit_back.send(memory);
            }
        }
        let read_all = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        if read_all { Ok(()) } else { take(Step::Unreadable(anyhow!("interrupted: what follows was not judged"))) }
    })
}

/// Reads one source to its end or first error; `None` when nobody wants any more.
fn read_source(
    index: usize,
    source: &Source,
    limits: Limits,
    send: &mut impl FnMut(Read) -> Option<Vec<u8>>,
) -> Option<()> {
    let input = match source.open() {
        Ok(input) => input,
        Err(error) => return send(Read::Unreadable(error)).map(drop),
    };
    let mut splitter = Splitter::new(input, limits);
    loop {
        match splitter.next_batch() {
            Ok(Some(batch)) => splitter.reuse(send(Read::Batch(index, batch))?),
            Ok(None) => return Some(()),
            Err(error) => return send(Read::Failed(index, error)).map(drop),
        }
    }
}

fn next<T>(queue: &Mutex<Receiver<T>>) -> Option<T> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
