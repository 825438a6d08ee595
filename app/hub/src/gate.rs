//! The gate before a hub: who may ask what. A plain function, the same rules that a proxy before a real CouchDB has.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The largest body that passes, in bytes.
pub const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// Who asks, as far as the gate can see: it looks for a session, the hub judges it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Neither a session cookie nor a name and password.
    Anonymous,
    /// Either of them.
    SignedIn,
}

/// What the gate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It passes.
    Pass(Passage),
    /// It would pass with a session.
    SignInFirst,
    /// It never passes.
    Never,
}

/// A request that passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The path at the hub, encoded anew from what the gate understood, so that gate and hub read the same.
    pub path: String,
    /// Whether everybody may read this, so that a proxy may keep the answer for a moment.
    pub is_public_read: bool,
    /// Whether the answer may be long in coming.
    pub is_long_poll: bool,
    /// Whether it writes. What stands behind the `?` of a write is nothing that a phone asks for, and does not pass.
    pub writes: Option<Write>,
    /// What staff can read and nobody else: whoever writes has to show that they can. The gate sees a session and does not know whether the
    /// hub gave it; and documents of the hub's own a hub takes from anybody who may open the database, so from everybody in the public one.
    pub seat: Option<String>,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// One document, named in the path.
    Document,
    /// A batch, which has to be looked into: a hub asks no validation function about documents of its own, `_local/…` and `_design/…`.
    Batch,
}

/// What is left as it is in a path: what identifiers of documents are made of.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b':');

/// Judges a request by its method, its path and query after `/hub`, and who asks.
pub fn judge(method: &str, path: &str, query: Option<&str>, caller: Caller) -> Verdict {
    let Some(segments) = read_path(path) else { return Verdict::Never };
    let is_read = matches!(method, "GET" | "HEAD");
    let names: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (allowed, is_public_read) = match names.as_slice() {
        ["_session"] => (is_read || matches!(method, "POST" | "DELETE"), false),
        [database, rest @ ..] if is_ours(database) => {
            let is_public = is_public(database);
            let reads = is_read && is_readable(rest);
            if reads && !is_public && caller == Caller::Anonymous {
                return Verdict::SignInFirst;
            }
            if !reads && caller == Caller::Anonymous && is_writable(method, rest, is_public) {
                return Verdict::SignInFirst;
            }
            (reads || is_writable(method, rest, is_public), reads && is_public)
        }
        _ => (false, false),
    };
    // An endless feed has no place behind a proxy that compresses and counts.
    if !allowed || feeds(query).any(|feed| !matches!(feed, "normal" | "longpoll")) {
        return Verdict::Never;
    }
    let writes = match (method, names.last()) {
        ("POST", Some(&"_bulk_docs")) => Some(Write::Batch),
        ("PUT", _) => Some(Write::Document),
        _ => None,
    };
    let seat = names.first().filter(|_| writes.is_some()).and_then(|database| ops_of(database));
    let encoded: Vec<String> = segments.iter().map(|name| utf8_percent_encode(name, IN_PATH).to_string()).collect();
    Verdict::Pass(Passage {
        path: format!("/{}", encoded.join("/")),
        is_public_read,
        is_long_poll: feeds(query).any(|feed| feed == "longpoll"),
        writes,
        seat,
    })
}

/// The path of the database beside this one that all staff of the region opens.
fn ops_of(database: &str) -> Option<String> {
    let region = database.split('-').nth(1)?;
    Some(format!("/civmesh-{region}-ops"))
}

/// The segments of a path, decoded once; `None` where gate and hub could read it differently.
fn read_path(path: &str) -> Option<Vec<String>> {
    let mut segments = Vec::new();
    for segment in path.strip_prefix('/')?.split('/') {
        let decoded = percent_decode_str(segment).decode_utf8().ok()?.into_owned();
        let is_plain = !decoded.is_empty() && decoded != "." && decoded != "..";
        if !is_plain || decoded.chars().any(|letter| letter.is_control() || matches!(letter, '/' | '\\' | '%')) {
            return None;
        }
        segments.push(decoded);
    }
    Some(segments)
}

fn is_ours(database: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    database.starts_with("civmesh-") && database.bytes().all(fits)
}

/// Whether this is `civmesh-<region>-public`. By its end alone the people of a node with the name `public` would be taken for it.
fn is_public(database: &str) -> bool {
    matches!(database.split('-').collect::<Vec<_>>().as_slice(), [_, _, "public"])
}

/// What may be read of a database. Attachments would have one segment more.
fn is_readable(rest: &[&str]) -> bool {
    match rest {
        [] | ["_changes" | "_all_docs"] => true,
        [document] => !document.starts_with('_'),
        _ => false,
    }
}

/// What may be asked of a database with a session, beyond reading.
fn is_writable(method: &str, rest: &[&str], is_public: bool) -> bool {
    match (method, rest) {
        ("POST", ["_changes" | "_revs_diff" | "_bulk_docs" | "_all_docs"]) => true,
        ("PUT", [document]) => is_public && document.starts_with("head:"),
        _ => false,
    }
}

/// The values of `feed` in a query, as they stand: the hub's clients write `feed=longpoll`, and whoever encodes it may go without.
/// CouchDB takes `;` for a separator as well as `&`.
fn feeds(query: Option<&str>) -> impl Iterator<Item = &str> {
    let pairs = query.unwrap_or_default().split(['&', ';']).filter_map(|pair| pair.split_once('='));
    pairs.filter(|(name, _)| percent_decode_str(name).decode_utf8_lossy() == "feed").map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(request: &str, caller: Caller) -> Verdict {
        let (method, target) = request.split_once(' ').unwrap();
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        judge(method, path, query, caller)
    }

    #[test]
    fn every_row_of_the_table_is_judged_as_it_says() {
        let rows = include_str!("../tests/gate.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        for row in rows {
            let (anonymous, rest) = row.split_once(' ').unwrap();
            let (signed_in, request) = rest.trim_start().split_once(' ').unwrap();
            for (caller, expected) in [(Caller::Anonymous, anonymous), (Caller::SignedIn, signed_in)] {
                let seen = match verdict(request.trim_start(), caller) {
                    Verdict::Pass(_) => "pass",
                    Verdict::SignInFirst => "sign-in",
                    Verdict::Never => "never",
                };
                assert_eq!(seen, expected, "{request} as {caller:?}");
            }
        }
    }

    #[test]
    fn a_passage_says_what_a_proxy_needs_to_know() {
        let Verdict::Pass(passage) = verdict("GET /civmesh-r-public/head%3As001%3Aa?x=1", Caller::Anonymous) else { panic!() };
        assert_eq!(passage.path, "/civmesh-r-public/head:s001:a");
        assert!(passage.is_public_read && !passage.is_long_poll && passage.writes.is_none() && passage.seat.is_none());
        let Verdict::Pass(passage) = verdict("GET /civmesh-r-ops/_changes?feed=longpoll", Caller::SignedIn) else { panic!() };
        assert!(!passage.is_public_read && passage.is_long_poll);
        for (request, writes) in [("POST /civmesh-r-ops/_bulk_docs", Write::Batch), ("PUT /civmesh-r-public/head:s001:a", Write::Document)]
        {
            let Verdict::Pass(passage) = verdict(request, Caller::SignedIn) else { panic!() };
            assert_eq!((passage.writes, passage.seat.as_deref()), (Some(writes), Some("/civmesh-r-ops")), "{request}");
        }
    }
}
