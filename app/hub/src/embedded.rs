//! The embedded hub: pouchdb-server as a child on loopback, for trying and for tests. It must never be exposed, hence the gate.

use crate::couch::Couch;
use crate::error::{HubError, Result};
use crate::gate::LARGEST_BODY;
use crate::provision::SESSION_SECONDS;
use serde_json::{Value, json};
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, ChildStdin, Command};

/// How long the first answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Ends the child when whoever started it is gone, however that came about: the pipe to it closes.
const LEASH: &str = "process.stdin.on('end', function () { process.exit(0); }).on('error', function () {}).resume();\n";

/// Where the embedded hub keeps what it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Storage {
    /// In memory; all is gone when it stops.
    Memory,
    /// In this folder.
    Folder(PathBuf),
}

/// A running embedded hub. It ends when this is dropped.
pub struct EmbeddedHub {
    child: Child,
    /// The other end of the leash. It stands by itself because waiting for a child closes the input that is still with it.
    leash: Option<ChildStdin>,
    couch: Couch,
    password: String,
    folder: PathBuf,
    is_temporary: bool,
}

impl EmbeddedHub {
    /// Starts it and waits until it answers. `npm` is the folder in which `node_modules` is, or that folder itself.
    pub async fn start(npm: &Path, storage: &Storage) -> Result<Self> {
        let program = program(npm)?;
        let (folder, is_temporary) = match storage {
            Storage::Folder(folder) => (folder.clone(), false),
            Storage::Memory => (std::env::temp_dir().join(format!("civmesh-hub-{}", crate::seat::random_word(12)?)), true),
        };
        make_private(&folder)?;
        let password = crate::seat::random_word(26)?;
        configure(&folder, &password)?;
        let port = free_port()?;
        let mut child = spawn(&program, &folder, storage, port)?;
        let couch = Couch::at(&format!("http://admin:{password}@127.0.0.1:{port}"))?;
        let leash = child.stdin.take();
        let mut hub = Self { child, leash, couch, password, folder, is_temporary };
        hub.wait().await?;
        Ok(hub)
    }

    /// The hub, asked by its administrator.
    pub fn couch(&self) -> &Couch {
        &self.couch
    }

    /// Its address with the administrator's name and password, for whoever started it.
    pub fn address_for_administrator(&self) -> String {
        format!("http://admin:{}@{}", self.password, self.couch.base().authority())
    }

    /// Comes back when the child has ended by itself.
    pub async fn ended(&mut self) -> HubError {
        let status = self.child.wait().await;
        let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        HubError::NotStarted(format!("it ended by itself ({status}). {}", self.last_words()))
    }

    /// Ends it and waits for its end.
    pub async fn stop(&mut self) {
        drop(self.leash.take());
        // An error here means that it has ended already.
        let _ = self.child.kill().await;
    }

    async fn wait(&mut self) -> Result<()> {
        let nobody = self.couch.seen_by(None);
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(HubError::NotStarted(format!("it ended at once ({status}). {}", self.last_words())));
            }
            // Without a session nobody may be an administrator; the configuration takes a moment to have its effect.
            let is_closed = matches!(nobody.get(&["_session"]).await, Ok(session) if session["userCtx"]["roles"] == json!([]));
            let is_open_to_us =
                matches!(self.couch.get(&["_session"]).await, Ok(session) if session["userCtx"]["roles"] == json!(["_admin"]));
            if is_closed && is_open_to_us {
                return Ok(());
            }
            if tokio::time::Instant::now() > deadline {
                return Err(HubError::NotStarted(format!("no answer for {} s. {}", PATIENCE.as_secs(), self.last_words())));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The end of what it wrote about errors.
    fn last_words(&self) -> String {
        let text = fs::read_to_string(self.folder.join("errors.log")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        lines[lines.len().saturating_sub(5)..].join(" / ")
    }
}

impl Drop for EmbeddedHub {
    fn drop(&mut self) {
        // Already ended, or about to: the child is started with kill-on-drop as well.
        let _ = self.child.start_kill();
        if self.is_temporary {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn program(npm: &Path) -> Result<PathBuf> {
    let end = Path::new("pouchdb-server/bin/pouchdb-server");
    let candidates = [npm.join("node_modules").join(end), npm.join(end)];
    let found = candidates.into_iter().find(|path| path.is_file()).ok_or_else(|| HubError::NotInstalled(npm.to_owned()))?;
    found.canonicalize().map_err(|source| HubError::File { path: found, source })
}

/// Writes the configuration. What must outlive a restart, the secret that sessions are signed with, is taken over.
fn configure(folder: &Path, password: &str) -> Result<()> {
    let path = folder.join("config.json");
    let before: Value = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let secret = match before["couch_httpd_auth"]["secret"].as_str() {
        Some(secret) => secret.to_owned(),
        None => crate::seat::random_word(32)?,
    };
    let config = json!({
        "admins": { "admin": password },
        "couch_httpd_auth": { "secret": secret, "timeout": SESSION_SECONDS, "iterations": 1000 },
        // The embedded hub takes this for the largest request; it also holds for what a compressed request unfolds to.
        "couchdb": { "max_document_size": LARGEST_BODY },
        "log": { "file": "hub.log", "level": "error" },
    });
    write_private(&path, config.to_string().as_bytes())?;
    write_private(&folder.join("leash.js"), LEASH.as_bytes())
}

/// Makes a folder that only its owner can open: the hub itself writes the secret for its sessions there, for all to read.
fn make_private(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| HubError::File { path: folder.to_owned(), source })
}

/// Writes a file that only its owner can read.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write;
    let write = || {
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)?.write_all(bytes)
    };
    write().map_err(|source| HubError::File { path: path.to_owned(), source })
}

fn spawn(program: &Path, folder: &Path, storage: &Storage, port: u16) -> Result<Child> {
    let errors = folder.join("errors.log");
    let errors = fs::File::create(&errors).map_err(|source| HubError::File { path: errors, source })?;
    let mut command = Command::new("node");
    command.args(["--unhandled-rejections=warn", "--no-deprecation", "--require", "./leash.js"]).arg(program);
    command.args(["--host", "127.0.0.1", "--port", &port.to_string(), "--config", "config.json", "--dir", ".", "--no-stdout-logs"]);
    if *storage == Storage::Memory {
        command.arg("--in-memory");
    }
    command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(errors).kill_on_drop(true);
    // A group of its own: Ctrl-C is for the parent, which ends the child in order.
    #[cfg(unix)]
    command.process_group(0);
    command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => HubError::NotStarted("Node is not installed; it needs version 20 or later".to_owned()),
        _ => HubError::NotStarted(error.to_string()),
    })
}

fn free_port() -> Result<u16> {
    let port = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr();
    port().map(|address| address.port()).map_err(|source| HubError::Port { port: 0, source })
}
