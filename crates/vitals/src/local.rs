//! `vitals local`: the stand-in, kept up.

use std::io::Write;

use anyhow::{Context as _, Result};
use local_config::Rule;

use crate::cli::LocalArgs;
use crate::{Ending, stand_in};

pub(crate) fn run(args: &LocalArgs, out: &mut impl Write) -> Result<Ending> {
    stand_in::block_on(async {
        let server = stand_in::start(args.listen, &args.inventory).await?;
        for entry in rules::all() {
            let mut rule = Rule::new(entry.metadata.id);
            rule.resource_types = entry.resource_types.iter().map(ToString::to_string).collect();
            server.state().register_rule(rule)?;
        }
        writeln!(out, "AWS Config's stand-in listens on {}", server.url())?;
        writeln!(out, "  export AWS_ENDPOINT_URL_CONFIG_SERVICE={}", server.url())?;
        writeln!(out, "Evaluations: {}/_vitals/evaluations. Ctrl-C ends it.", server.url())?;
        out.flush()?;
        tokio::signal::ctrl_c().await.context("Ctrl-C can't be waited for")?;
        server.shutdown().await;
        Ok(Ending::Clean)
    })
}
