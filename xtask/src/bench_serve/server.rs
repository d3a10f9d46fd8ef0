//! The reading room as a process of its own, and one who talks to it.
use anyhow::{Context, bail};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use ureq::Agent;

/// A running `variorum serve`; ends with the value.
pub(super) struct Server {
    child: Child,
    /// `http://127.0.0.1:PORT`.
    pub(super) origin: String,
    cookie: String,
}

impl Server {
    /// Serves the ledger at any port.
    pub(super) fn start(ledger: &Path) -> anyhow::Result<Self> {
        let target = std::env::var("CARGO_TARGET_DIR").unwrap_or("target".into());
        let binary = PathBuf::from(target).join("release/variorum");
        let mut child = Command::new(&binary)
            .arg("serve")
            .arg(ledger)
            .args(["--author", "bench"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{}: build it with `make build`", binary.display()))?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("its output")?).read_line(&mut line)?;
        let Some((origin, token)) = line.trim().split_once("/?token=") else {
            bail!("`serve` printed {line:?} and no address");
        };
        let port = origin.rsplit(':').next().unwrap_or_default();
        Ok(Server { child, origin: origin.to_owned(), cookie: format!("variorum-{port}={token}") })
    }

    /// Somebody with a connection of its own.
    pub(super) fn client(&self) -> Client<'_> {
        let config = Agent::config_builder().proxy(None).http_status_as_error(false);
        let agent = config.timeout_global(Some(Duration::from_secs(60))).build().new_agent();
        Client { server: self, agent }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Talks to the server as the page does.
pub(super) struct Client<'s> {
    server: &'s Server,
    agent: Agent,
}

impl Client<'_> {
    /// The answer and the milliseconds until its last byte.
    pub(super) fn get(&self, path: &str) -> anyhow::Result<(Value, f64)> {
        let (body, took) = self.bytes(path)?;
        Ok((serde_json::from_slice(&body)?, took))
    }

    /// As [`Client::get`], with the answer as it came: understanding it would take from the server's processors.
    pub(super) fn bytes(&self, path: &str) -> anyhow::Result<(Vec<u8>, f64)> {
        let start = Instant::now();
        let request = self.agent.get(format!("{}/api/v1{path}", self.server.origin));
        let mut response = request.header("cookie", &self.server.cookie).call().with_context(|| path.to_owned())?;
        let status = response.status();
        let body = response.body_mut().with_config().limit(1 << 30).read_to_vec()?;
        let took = start.elapsed().as_secs_f64() * 1000.0;
        if status != 200 {
            bail!("{path}: {status} {}", String::from_utf8_lossy(&body));
        }
        Ok((body, took))
    }

    /// Sends what is decided.
    pub(super) fn post(&self, path: &str, body: &Value) -> anyhow::Result<(Value, f64)> {
        let start = Instant::now();
        let request = self.agent.post(format!("{}/api/v1{path}", self.server.origin));
        let request = request.header("cookie", &self.server.cookie).header("origin", &self.server.origin);
        let mut response = request.header("content-type", "application/json").send(body.to_string())?;
        let status = response.status();
        let answer = response.body_mut().with_config().limit(1 << 30).read_to_string()?;
        let took = start.elapsed().as_secs_f64() * 1000.0;
        if !status.is_success() {
            bail!("{path} {body}: {status} {answer}");
        }
        Ok((serde_json::from_str(&answer).unwrap_or_default(), took))
    }
}
