//! Requests and answers on their way. A request that has left the phone arrives, or not, whatever becomes of the phone meanwhile: so one that
//! was given up may still be done, after others that were sent later.

use crate::broken::Flaw;
use crate::executor::Owner;
use crate::fault::Fate;
use crate::scene::{LATER_KIND, Node, Scene};
use civmesh_domain::unit::Millis;
use civmesh_sync::hub::{Hub, Method, Request, Response, Unreachable};
use futures::channel::oneshot;
use futures::future::{Either, select};
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// A session, as the browser keeps it: it goes back to the hub that gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie {
    hub: usize,
    account: String,
    secret: u64,
    since: u64,
}

/// How long a session lasts, in milliseconds.
const SESSION: u64 = 14 * Millis::DAY;
/// How long the hub holds a long poll that has nothing to say.
const HELD: u64 = 50_000;

/// A phone's way to whichever hub answers for its region where it is.
pub struct Line {
    pub scene: Rc<Scene>,
    pub phone: usize,
}

/// What came back.
struct Arrived {
    response: Response,
    cookie: Option<Cookie>,
    /// It is the hub's own answer, whole.
    genuine: bool,
}

impl Hub for Line {
    async fn send(&self, request: Request) -> Result<Response, Unreachable> {
        let (scene, phone) = (&self.scene, &self.scene.phones[self.phone]);
        let hub = phone.hub.get();
        let what = describe(&request, scene.hubs[hub].name);
        if scene.is_cut(Node::Phone(self.phone), Node::Hub(hub)) {
            scene.faults.count("requests into a partition");
            scene.note(&phone.name, format_args!("{what}: no network"));
            scene.time.sleep(scene.chance.between(10, 3_000)).await;
            return Err(Unreachable("no network".to_owned()));
        }
        let fate = if scene.calm.get() { Fate::Well } else { Fate::draw(&scene.chance, scene.temper.network) };
        if fate != Fate::Well {
            scene.faults.count(fate.name());
        }
        scene.note(&phone.name, format_args!("{what}{}", if fate == Fate::Well { String::new() } else { format!(" — {fate:?}") }));
        let (tell, told) = oneshot::channel();
        let sent = as_later(&request, phone.later);
        let journey = Journey { scene: scene.clone(), phone: self.phone, hub, fate, cookie: phone.jar.borrow().clone(), request: sent };
        scene.time.spawn(Owner::World, journey.travel(tell));
        let patience = scene.time.sleep(u64::from(request.timeout));
        match select(told, patience).await {
            Either::Left((Ok(arrived), _)) => Ok(self.take(&request, arrived)),
            Either::Left((Err(_), _)) => Err(Unreachable("the network went away".to_owned())),
            Either::Right(_) => Err(Unreachable("no answer in time".to_owned())),
        }
    }
}

impl Line {
    fn take(&self, request: &Request, arrived: Arrived) -> Response {
        let (scene, phone) = (&self.scene, &self.scene.phones[self.phone]);
        let Arrived { mut response, cookie, genuine } = arrived;
        if genuine && request.path == "/_session" {
            *phone.jar.borrow_mut() = cookie;
        }
        if phone.later {
            response.body = response.body.replace(&later_name(), &later_number());
        }
        if genuine {
            scene.truth.heard(self.phone, request, &response);
        }
        response
    }
}

fn later_name() -> String {
    format!("\"kind\":\"{}\"", LATER_KIND.1)
}

fn later_number() -> String {
    format!("\"kind\":\"kind-{}\"", LATER_KIND.0)
}

/// A phone of a later version has a name for what is a number to this one.
fn as_later(request: &Request, later: bool) -> Request {
    let mut request = request.clone();
    if later {
        request.body = request.body.map(|body| body.replace(&later_number(), &later_name()));
    }
    request
}

struct Journey {
    scene: Rc<Scene>,
    phone: usize,
    hub: usize,
    fate: Fate,
    cookie: Option<Cookie>,
    request: Request,
}

impl Journey {
    async fn travel(self, tell: oneshot::Sender<Arrived>) {
        let (time, chance) = (&self.scene.time, &self.scene.chance);
        time.sleep(chance.between(5, 400)).await;
        let said = |response| Arrived { response, cookie: None, genuine: false };
        match self.fate {
            Fate::LostRequest => return,
            Fate::Status(status) => {
                let couch = &self.scene.hubs[self.hub].couch;
                // Whoever stopped hearing is told nothing.
                let _unheard = tell.send(said(couch.error(status, "trouble", "of some kind")));
                return;
            }
            Fate::Captive => {
                let body = "<html>Welcome! Sign in.</html>".to_owned();
                let _unheard = tell.send(said(Response { status: 200, body, date: None }));
                return;
            }
            Fate::Late => time.sleep(chance.between(30_000, 150_000)).await,
            Fate::Well | Fate::LostAnswer | Fate::Repeated | Fate::Mangled => {}
        }
        let Some(mut arrived) = self.ask().await else { return };
        if self.fate == Fate::Repeated {
            time.sleep(chance.between(1, 2_000)).await;
            arrived = match self.ask().await {
                Some(again) => again,
                None => return,
            };
        }
        time.sleep(chance.between(5, 400)).await;
        if self.fate == Fate::LostAnswer || self.is_cut() {
            return;
        }
        if self.fate == Fate::Mangled {
            arrived.genuine = false;
            let half = arrived.response.body.len() / 2;
            let bodies = ["", "}{ nonsense", "{\"ok\":true}", "<html>502</html>", "[7,{}]", &arrived.response.body[..half]];
            arrived.response.body = (*chance.pick(&bodies)).to_owned();
        }
        let _unheard = tell.send(arrived);
    }

    fn is_cut(&self) -> bool {
        self.scene.is_cut(Node::Phone(self.phone), Node::Hub(self.hub))
    }

    /// The hub's answer; none where the link broke on the way there.
    async fn ask(&self) -> Option<Arrived> {
        let mut held = 0;
        loop {
            if self.is_cut() {
                return None;
            }
            let arrived = self.answer();
            let is_held = self.request.path.contains("feed=longpoll") && arrived.response.body.contains("\"results\":[]");
            if !is_held || held >= HELD || self.scene.calm.get() {
                return Some(arrived);
            }
            self.scene.time.sleep(5_000).await;
            held += 5_000;
        }
    }

    fn answer(&self) -> Arrived {
        let site = &self.scene.hubs[self.hub];
        let now = site.couch.clock();
        let cookie = self.cookie.clone().filter(|cookie| {
            cookie.hub == self.hub && cookie.secret == site.secret.get() && (cookie.since..cookie.since + SESSION).contains(&now)
        });
        let session = RefCell::new(cookie.as_ref().map(|cookie| cookie.account.clone()));
        if self.scene.flaw == Some(Flaw::ReceiptBeforeStoring) && self.request.path.ends_with("/_bulk_docs") && self.scene.chance.one_in(8)
        {
            let response = Response { status: 201, body: "[]".to_owned(), date: Some(Millis(now)) };
            return Arrived { response, cookie: self.cookie.clone(), genuine: true };
        }
        let mut response = site.couch.handle(&session, &self.request);
        let logs_in = self.request.method == Method::Post && self.request.path == "/_session";
        let cookie = if logs_in {
            session.take().map(|account| Cookie { hub: self.hub, account, secret: site.secret.get(), since: now })
        } else {
            self.cookie.clone()
        };
        if self.scene.hubs[self.hub].couch.integer_sequences.get() {
            // pouchdb-server has no 202.
        } else if response.status == 201 && self.scene.chance.one_in(8) {
            response.status = 202;
        }
        Arrived { response, cookie, genuine: true }
    }
}

fn describe(request: &Request, hub: char) -> String {
    let path = request.path.split('?').next().unwrap_or_default();
    let path = path.rsplit_once("civmesh-").map_or(path, |(_, rest)| rest.split_once('-').map_or(rest, |(_, end)| end));
    let documents = request.body.as_ref().and_then(|body| serde_json::from_str::<Value>(body).ok());
    let count = documents.and_then(|body| body["docs"].as_array().map(Vec::len)).map(|count| format!(" with {count}"));
    format!("→ {hub} {:?} {path}{}", request.method, count.unwrap_or_default())
}
