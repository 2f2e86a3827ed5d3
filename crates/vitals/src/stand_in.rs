//! Setting the stand-in for AWS Config up.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use local_config::{Server, State};
use serde_json::Value;

use crate::cli::InventoryArgs;
use crate::estate::{self, Found};

/// A loopback port that the system chooses.
pub(crate) const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// Runs `work` on an asynchronous runtime.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("the asynchronous runtime can't start")?;
    runtime.block_on(work)
}

/// Starts the stand-in with what it should know.
pub(crate) async fn start(listen: SocketAddr, inventory: &InventoryArgs) -> Result<Server> {
    let server = Server::start(listen).await?;
    put_items(&server.state(), &inventory.items)?;
    set_delivery_channels(&server.state(), inventory.delivery_channels.as_deref())?;
    Ok(server)
}

fn put_items(state: &State, paths: &[PathBuf]) -> Result<()> {
    for Found { text, place } in estate::read(paths)? {
        let item: Value = serde_json::from_str(&text).with_context(|| place.clone())?;
        state.put_item(&item).with_context(|| place)?;
    }
    Ok(())
}

/// Tells the stand-in the account's delivery channels, where a file with them is given.
pub(crate) fn set_delivery_channels(state: &State, path: Option<&Path>) -> Result<()> {
    let Some(path) = path else { return Ok(()) };
    let place = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{place} can't be read"))?;
    let channels = serde_json::from_str(&text)
        .map_err(|error| anyhow!("{place} does not hold delivery channels as the AWS CLI answers them: {error}"))?;
    state.set_delivery_channels(channels);
    Ok(())
}
