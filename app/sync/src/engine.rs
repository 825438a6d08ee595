//! One round: make sure of the session, push, publish heads, pull. It may be cut off anywhere, dropped halfway, and run again.

use crate::agreed;
use crate::clock::keep_offset;
use crate::error::{Result, SyncError};
use crate::head;
use crate::hub::Hub;
use crate::instance;
use crate::line::Line;
use crate::outgoing::{Half, is_waiting};
use crate::pull::Pull;
use crate::push::Push;
use crate::seat::{Held, Seat, databases};
use crate::session::{note_refusal, was_refused};
use civmesh_domain::governance::Standing;
use civmesh_domain::id::{EventId, NodeId, RegionId};
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::record::OutboxKey;
use futures::future::LocalBoxFuture;

/// All that a round needs.
pub struct Round<'r, S, H> {
    /// The phone's store.
    pub store: &'r S,
    /// The hub.
    pub hub: &'r H,
    /// The region on the screen.
    pub region: RegionId,
    /// The seat, if one was taken up.
    pub seat: Option<&'r Seat>,
    /// How far a node has agreed, by the region's pack: it decides the database of the node's people.
    pub standing: &'r dyn Fn(&NodeId) -> Standing,
    /// Whether rows are tried although their pause is not over: see [`crate::schedule::Trigger::is_eager`], and when a person asks.
    pub eager: bool,
    /// Databases that were asked for by name: a coordinator's look into a node.
    pub also: &'r [Database],
    /// The phone's clock.
    pub now: &'r dyn Fn() -> Millis,
    /// Chance, for spreading out retries.
    pub random: &'r mut dyn FnMut() -> u32,
    /// Lets the screen have its turn.
    pub pause: &'r dyn Fn() -> LocalBoxFuture<'static, ()>,
    /// Told what happens while it happens.
    pub progress: &'r mut dyn FnMut(Progress),
}

/// What happens in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Pushing begins: `performance.mark("civmesh:push-start")`.
    PushStart {
        /// Documents that are due.
        docs: usize,
    },
    /// Pushing ended: `civmesh:push-done`.
    PushDone {
        /// Documents with a receipt.
        docs: usize,
    },
    /// Pulling begins: `civmesh:pull-start`.
    PullStart,
    /// Pulling ended: `civmesh:pull-done`.
    PullDone {
        /// Documents that came.
        docs: usize,
    },
    /// Rows of the outbox changed: views of them are to be read again.
    Settled {
        /// How many.
        rows: usize,
    },
    /// A page was taken in: views of it are to be read again.
    Merged {
        /// Events that are new here.
        events: usize,
        /// Other documents in it.
        documents: usize,
    },
}

/// How the hub was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// No round has ended yet.
    #[default]
    Unknown,
    /// It answered, and took and gave what it should.
    Reached,
    /// It did not answer.
    Unreachable,
    /// Something else answered: the sign-in page of a public network.
    NotTheHub,
    /// It answered that it can't just now.
    Busy,
    /// It locked the seat for some minutes.
    Locked,
    /// It does not accept the seat. What is public was pulled all the same.
    SeatRefused,
    /// The session has ended, and the password that would renew it is locked away. What is public was pulled all the same.
    SignedOut,
    /// The phone's own store failed.
    StoreFailed,
}

/// What a round came to.
#[derive(Clone, Debug, Default)]
pub struct RoundReport {
    /// Documents for which a receipt came.
    pub pushed: usize,
    /// Documents that the hub will not take.
    pub refused: usize,
    /// Documents to be tried again.
    pub retry: usize,
    /// Rows that wait for something other than the hub, and for what.
    pub held: Vec<(OutboxKey, Held)>,
    /// Parts that were dropped because they are not kept any longer.
    pub expired: usize,
    /// Heads that were published.
    pub heads: usize,
    /// Entries of the registry that were published.
    pub agreed: usize,
    /// Documents that came.
    pub pulled: usize,
    /// Documents that came and could not be read: database and identifier.
    pub skipped: Vec<String>,
    /// Events that are new here.
    pub new_events: Vec<EventId>,
    /// How the hub was found.
    pub link: Link,
    /// What went wrong on the way, in order.
    pub troubles: Vec<SyncError>,
    /// The roles that the hub gives the seat now.
    pub roles: Option<Vec<String>>,
    /// The hub's clock less the phone's, in milliseconds.
    pub clock_offset: Option<i64>,
    /// When the next row in the outbox is due, if one waits that this seat can send.
    pub next_try: Option<Millis>,
}

impl RoundReport {
    /// Whether another round could do what is left, with nobody doing anything first.
    pub fn leaves_work(&self) -> bool {
        match self.link {
            Link::Unknown | Link::Reached => self.next_try.is_some(),
            Link::SeatRefused | Link::SignedOut => false,
            Link::Unreachable | Link::NotTheHub | Link::Busy | Link::Locked | Link::StoreFailed => true,
        }
    }
}

/// Runs one round. The caller sees to it that one runs at a time, across tabs.
pub async fn sync_once<S: Store, H: Hub>(mut round: Round<'_, S, H>) -> RoundReport {
    let mut report = RoundReport::default();
    let seat = round.seat.filter(|seat| seat.region == round.region);
    let mut line = Line::new(round.hub, seat, round.now);
    let result = run(&mut round, seat, &mut line, &mut report).await;
    report.clock_offset = line.offset();
    report.troubles.extend(result.err());
    if let Err(error) = finish(&round, seat, &mut report).await {
        report.troubles.push(error);
    }
    report.roles = line.into_roles();
    report.link = link(&report.troubles);
    report
}

async fn run<'r, S: Store, H: Hub>(
    round: &mut Round<'r, S, H>,
    seat: Option<&'r Seat>,
    line: &mut Line<'r, H>,
    report: &mut RoundReport,
) -> Result<()> {
    let Some(seat) = seat else {
        pull(round, None, line, report).await?;
        return expire(round, line, report).await;
    };
    let staff = if was_refused(round.store, seat, (round.now)()).await? {
        Err(SyncError::SeatRefused)
    } else {
        staff_round(round, seat, line, report).await
    };
    match staff {
        // The end of a seat does not end the news: what is public needs none.
        Err(error @ (SyncError::SeatRefused | SyncError::SignedOut | SyncError::Locked)) => {
            if error == SyncError::SeatRefused && !was_refused(round.store, seat, (round.now)()).await? {
                note_refusal(round.store, seat, (round.now)()).await?;
            }
            report.troubles.push(error);
            let mut line = Line::new(round.hub, None, round.now);
            pull(round, None, &mut line, report).await?;
            // And what was kept of people goes in its time: a phone that nobody trusts any more least of all keeps it for ever.
            expire(round, &line, report).await
        }
        other => other,
    }
}

async fn staff_round<'r, S: Store, H: Hub>(
    round: &mut Round<'r, S, H>,
    seat: &'r Seat,
    line: &mut Line<'r, H>,
    report: &mut RoundReport,
) -> Result<()> {
    line.open().await?;
    instance::know_the_hub(round, line).await?;
    // Before anything is sent: what the hub would refuse as expired is not to be sent.
    expire(round, line, report).await?;
    for half in [Half::Events, Half::Parts] {
        let pushed = Push { round, line, seat, report }.run(half).await;
        if let Err(error) = pushed {
            if error.ends_round() {
                return Err(error);
            }
            report.troubles.push(error);
        }
    }
    // By the hub's clock: phones whose own differ would put their heads in each other's place for ever.
    let now = line.hub_time();
    report.heads = head::publish(round.store, line, seat, now, &mut report.troubles).await?;
    report.agreed = agreed::publish(round.store, line, seat, &mut report.troubles).await?;
    pull(round, Some(seat), line, report).await
}

/// Drops parts that are not kept any longer. Only once the hub has told the time: a phone whose clock is wrong would drop what was never sent.
async fn expire<S: Store, H: Hub>(round: &mut Round<'_, S, H>, line: &Line<'_, H>, report: &mut RoundReport) -> Result<()> {
    if let Some(time) = line.careful_time() {
        report.expired = round.store.expire(time).await?.len();
        if report.expired > 0 {
            (round.progress)(Progress::Settled { rows: report.expired });
        }
    }
    Ok(())
}

async fn pull<'r, S: Store, H: Hub>(
    round: &mut Round<'r, S, H>,
    seat: Option<&Seat>,
    line: &mut Line<'r, H>,
    report: &mut RoundReport,
) -> Result<()> {
    let mut wanted = databases(round.region, seat, round.standing);
    if seat.is_some() {
        wanted.extend(round.also.iter().filter(|database| !wanted.contains(database)).cloned().collect::<Vec<_>>());
    }
    Pull { round, line, report }.run(&wanted).await
}

/// Keeps what was measured, and looks what is left to do.
async fn finish<S: Store, H>(round: &Round<'_, S, H>, seat: Option<&Seat>, report: &mut RoundReport) -> Result<()> {
    if let Some(offset) = report.clock_offset {
        keep_offset(round.store, offset).await?;
    }
    let outbox = round.store.outbox().await?;
    let Some(seat) = seat else {
        report.held = outbox.iter().map(|row| (row.key, Held::NoSeat)).collect();
        return Ok(());
    };
    let is_held = |key: &OutboxKey| report.held.iter().any(|(held, _)| held == key);
    report.next_try = outbox.iter().filter(|row| is_waiting(row, seat) && !is_held(&row.key)).map(|row| row.next_try).min();
    Ok(())
}

/// The state to show, from what went wrong: what a person can do something about comes first.
fn link(troubles: &[SyncError]) -> Link {
    let of = |error: &SyncError| match error {
        SyncError::Store(_) => Link::StoreFailed,
        SyncError::SeatRefused => Link::SeatRefused,
        SyncError::SignedOut => Link::SignedOut,
        SyncError::Locked => Link::Locked,
        SyncError::Unreachable(_) => Link::Unreachable,
        SyncError::NotTheHub => Link::NotTheHub,
        SyncError::Busy(_) => Link::Busy,
        // The hub is there; one database is not, or not for this seat.
        SyncError::NoDatabase(_) | SyncError::Closed(_) => Link::Reached,
    };
    let rank = |link: &Link| match link {
        Link::Unknown | Link::Reached => 0,
        Link::Busy => 1,
        Link::NotTheHub => 2,
        Link::Locked => 3,
        Link::Unreachable => 4,
        Link::SignedOut => 5,
        Link::SeatRefused => 6,
        Link::StoreFailed => 7,
    };
    troubles.iter().map(of).max_by_key(rank).unwrap_or(Link::Reached)
}
