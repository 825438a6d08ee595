//! A small client of CouchDB's HTTP interface, for the server's administrator.

use crate::error::{HubError, Result};
use civmesh_domain::id::RegionId;
use reqwest::{Client, ClientBuilder, Method, Url};
use serde_json::Value;
use std::fmt;

/// A CouchDB, or something that speaks like one, with an administrator's credentials.
#[derive(Clone)]
pub struct Couch {
    base: Url,
    account: Option<(String, String)>,
    http: Client,
}

/// What CouchDB answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, `Null` when it was empty.
    pub body: Value,
}

impl fmt::Debug for Couch {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Couch({})", self.base)
    }
}

impl Couch {
    /// The hub at this address. Name and password may stand before the host: `http://admin:password@127.0.0.1:5984`.
    /// Over `https` the certificate must be one that this machine trusts.
    pub fn at(address: &str) -> Result<Self> {
        let bad = || HubError::Address(address.rsplit('@').next().unwrap_or_default().to_owned());
        let mut base = Url::parse(address).map_err(|_| bad())?;
        if !matches!(base.scheme(), "http" | "https") || base.host_str().is_none() {
            return Err(bad());
        }
        let account = match (base.username(), base.password()) {
            ("", _) => None,
            (name, password) => Some((decoded(name), decoded(password.unwrap_or_default()))),
        };
        base.set_username("").and_then(|()| base.set_password(None)).map_err(|()| bad())?;
        let http = http().build()?;
        Ok(Self { base, account, http })
    }

    /// The same hub, asked by somebody else; `None` is nobody.
    pub fn seen_by(&self, account: Option<(&str, &str)>) -> Self {
        let account = account.map(|(name, password)| (name.to_owned(), password.to_owned()));
        Self { account, ..self.clone() }
    }

    /// The address without name and password.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// Asks, whatever the answer is.
    pub async fn ask(&self, method: Method, path: &[&str], body: Option<&Value>) -> Result<(u16, String)> {
        self.ask_with(method, path, &[], body).await
    }

    /// Asks with parameters behind the `?`, whatever the answer is.
    pub async fn ask_with(
        &self,
        method: Method,
        path: &[&str],
        parameters: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<(u16, String)> {
        let mut url = self.base.clone();
        url.path_segments_mut().map_err(|()| HubError::Address(self.base.to_string()))?.pop_if_empty().extend(path);
        if !parameters.is_empty() {
            url.query_pairs_mut().extend_pairs(parameters);
        }
        let mut request = self.http.request(method, url).header("accept", "application/json");
        if let Some((name, password)) = &self.account {
            request = request.basic_auth(name, Some(password));
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }

    /// Asks, and takes anything but success for an error.
    pub async fn get(&self, path: &[&str]) -> Result<Value> {
        self.get_with(path, &[]).await
    }

    /// The same, with parameters.
    pub async fn get_with(&self, path: &[&str], parameters: &[(&str, &str)]) -> Result<Value> {
        let (status, text) = self.ask_with(Method::GET, path, parameters, None).await?;
        Ok(read(&format!("read {}", path.join("/")), status, &text)?.body)
    }

    /// Reads, and takes "not found" for none.
    pub async fn find(&self, path: &[&str]) -> Result<Option<Value>> {
        match self.get(path).await {
            Ok(found) => Ok(Some(found)),
            Err(HubError::Refused { status: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes.
    pub async fn put(&self, path: &[&str], body: Option<&Value>) -> Result<Answer> {
        let (status, text) = self.ask(Method::PUT, path, body).await?;
        read(&format!("write {}", path.join("/")), status, &text)
    }

    /// Posts.
    pub async fn post(&self, path: &[&str], body: &Value) -> Result<Answer> {
        self.post_with(path, &[], body).await
    }

    /// Posts, with parameters.
    pub async fn post_with(&self, path: &[&str], parameters: &[(&str, &str)], body: &Value) -> Result<Answer> {
        let (status, text) = self.ask_with(Method::POST, path, parameters, Some(body)).await?;
        read(&format!("post to {}", path.join("/")), status, &text)
    }

    /// The databases of a region that are there, by name.
    pub async fn databases(&self, region: RegionId) -> Result<Vec<String>> {
        let all = self.get(&["_all_dbs"]).await?;
        let names = all.as_array().map(Vec::as_slice).unwrap_or_default().iter().filter_map(Value::as_str);
        let start = format!("civmesh-{region}-");
        Ok(names.filter(|name| name.starts_with(&start)).map(str::to_owned).collect())
    }

    /// Makes a database, and says whether it was not there before.
    pub async fn make_database(&self, name: &str) -> Result<bool> {
        match self.put(&[name], None).await {
            Ok(_) => Ok(true),
            Err(error) if error.is_named("file_exists") => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Writes a document unless the same is there already, whatever its revision; says whether it wrote.
    pub async fn settle_document(&self, database: &str, id: &str, document: &Value) -> Result<bool> {
        let found = self.find(&[database, id]).await?;
        let mut wanted = document.clone();
        if let (Some(found), Some(fields)) = (found, wanted.as_object_mut()) {
            fields.insert("_id".to_owned(), id.into());
            fields.insert("_rev".to_owned(), found["_rev"].clone());
            if found == wanted {
                return Ok(false);
            }
        }
        self.put(&[database, id], Some(&wanted)).await?;
        Ok(true)
    }
}

/// How this program asks over HTTP. Every client begins here: without its cryptography it could not be built.
pub fn http() -> ClientBuilder {
    // The first call decides; the later ones find it done.
    let _done = rustls::crypto::ring::default_provider().install_default();
    // Loopback and a few machines of one's own: a proxy from the environment would only be in the way.
    Client::builder().no_proxy()
}

/// Tells success from refusal. 201 and 202 are both success: a cluster that has not reached its quorum yet says 202.
pub fn read(doing: &str, status: u16, text: &str) -> Result<Answer> {
    let body = if text.trim().is_empty() { Ok(Value::Null) } else { serde_json::from_str::<Value>(text) };
    let body = body.map_err(|_| HubError::Nonsense { doing: doing.to_owned(), status })?;
    if (200..300).contains(&status) {
        return Ok(Answer { status, body });
    }
    let word = |field: &str| body[field].as_str().unwrap_or("unknown").to_owned();
    Err(HubError::Refused { doing: doing.to_owned(), status, error: word("error"), reason: word("reason") })
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_yields_its_account() {
        let couch = Couch::at("http://admin:p%40ss@127.0.0.1:5984").unwrap();
        assert_eq!(couch.account, Some(("admin".into(), "p@ss".into())));
        assert_eq!(couch.base().as_str(), "http://127.0.0.1:5984/");
        assert!(Couch::at("https://admin:secret@hub.example.org").is_ok());
    }

    #[test]
    fn an_address_that_is_none_is_refused_without_its_password() {
        for address in ["", "couch", "file:///etc", "ftp://admin:secret@example.org"] {
            let error = Couch::at(address).unwrap_err().to_string();
            assert!(error.contains("is not the address of a hub") && !error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn answers_are_read_as_success_or_refusal() {
        assert_eq!(read("x", 202, "{\"ok\":true}").unwrap().body["ok"], true);
        assert_eq!(read("x", 200, "").unwrap().body, Value::Null);
        assert!(matches!(read("x", 200, "<html>"), Err(HubError::Nonsense { .. })));
        assert!(read("x", 503, "{\"error\":\"timeout\"}").unwrap_err().is_transient());
        assert!(read("x", 403, "{\"error\":\"forbidden\"}").unwrap_err().is_refused());
    }
}
