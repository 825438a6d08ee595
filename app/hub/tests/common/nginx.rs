//! Debian's nginx with the configuration of docs/deploy, as a process of its own on loopback.

use super::folder::Folder;
use reqwest::Url;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

const PATIENCE: Duration = Duration::from_secs(20);

/// A running nginx. It ends when this is dropped.
pub struct Nginx {
    child: Child,
    port: u16,
    _folder: Folder,
}

impl Nginx {
    /// App and hub as one origin, as `docs/deploy/nginx.conf` has it.
    pub async fn before(app: &Path, hub: &Url) -> Self {
        Self::with(&configuration(), app, hub).await
    }

    /// The same with another text for the configuration. What differs from place to place is written here.
    pub async fn with(text: &str, app: &Path, hub: &Url) -> Self {
        let (folder, port) = (Folder::new(), free_port());
        let site = folder.path().join("civmesh");
        std::fs::create_dir(&site).unwrap();
        let authority = hub.authority();
        let kept = "levels=1:2 keys_zone=civmesh:1m max_size=8m inactive=10s use_temp_path=off";
        let hub = format!(
            "upstream civmesh_hub {{ server {authority}; keepalive 4; }}\nproxy_cache_path {}/kept {kept};\n",
            folder.path().display()
        );
        std::fs::write(site.join("hub.conf"), hub).unwrap();
        std::fs::write(site.join("server.conf"), format!("listen 127.0.0.1:{port};\nroot {};\n", app.display())).unwrap();
        let file = folder.path().join("nginx.conf");
        std::fs::write(&file, text).unwrap();
        let main = folder.path().join("main.conf");
        std::fs::write(&main, around(&file, folder.path())).unwrap();
        let log = std::fs::File::create(folder.path().join("errors.log")).unwrap();
        let mut command = Command::new(setting("NGINX", "/usr/sbin/nginx"));
        command.arg("-p").arg(folder.path()).arg("-c").arg(&main).args(["-e", "stderr"]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).kill_on_drop(true).spawn();
        let child = child.unwrap_or_else(|error| panic!("this test needs Debian's nginx (tools/setup.sh proxy installs it): {error}"));
        let mut nginx = Self { child, port, _folder: folder };
        nginx.wait().await;
        nginx
    }

    /// Where it listens.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    async fn wait(&mut self) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
            let has_ended = self.child.try_wait().unwrap().is_some();
            let words = std::fs::read_to_string(self._folder.path().join("errors.log")).unwrap_or_default();
            assert!(!has_ended && tokio::time::Instant::now() < deadline, "nginx does not answer: {words}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The configuration of docs/deploy.
pub fn configuration() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/deploy/nginx.conf")).unwrap()
}

/// As `tools/env.sh` has it, also where the tests are run without it.
fn setting(name: &str, otherwise: &str) -> PathBuf {
    std::env::var_os(name).map_or_else(|| PathBuf::from(otherwise), PathBuf::from)
}

/// What Debian's own nginx.conf is around ours. One process, so that nothing is left when it is ended.
fn around(file: &Path, folder: &Path) -> String {
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("    {kind}_temp_path {}/{kind};\n", folder.display()))
        .concat();
    format!(
        "load_module {}/ngx_http_brotli_static_module.so;\ndaemon off;\nmaster_process off;\npid {}/pid;\n\
         events {{ worker_connections 512; }}\nhttp {{\n{temporary}    include {};\n}}\n",
        setting("NGINX_MODULES", "/usr/lib/nginx/modules").display(),
        folder.display(),
        file.display()
    )
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
