//! The hub during one round. It measures the clock on the way and logs in again by itself: that a session ends never blocks work.

use crate::clock::Samples;
use crate::error::{Result, SyncError};
use crate::hub::{Hub, Request, Response};
use crate::seat::Seat;
use crate::session::{read_caller, read_log_in, request_caller, request_log_in};
use civmesh_domain::unit::Millis;

/// A session that ends this often within one round is not going to last.
const MOST_RENEWALS: u8 = 3;

/// The hub, and what this round has learnt of it.
pub(crate) struct Line<'a, H> {
    hub: &'a H,
    seat: Option<&'a Seat>,
    now: &'a dyn Fn() -> Millis,
    renewals: u8,
    samples: Samples,
    /// The hub's clock when it answered last.
    date: Option<Millis>,
    roles: Option<Vec<String>>,
    /// It is another hub than the last one, and what that one gave receipts for waits again.
    pub(crate) has_met_another: bool,
}

impl<'a, H: Hub> Line<'a, H> {
    pub(crate) fn new(hub: &'a H, seat: Option<&'a Seat>, now: &'a dyn Fn() -> Millis) -> Self {
        Self { hub, seat, now, renewals: 0, samples: Samples::default(), date: None, roles: None, has_met_another: false }
    }

    /// The hub's clock less the phone's, by this round's answers.
    pub(crate) fn offset(&self) -> Option<i64> {
        self.samples.offset()
    }

    /// The seat's roles, as the hub gave them in this round.
    pub(crate) fn into_roles(self) -> Option<Vec<String>> {
        self.roles
    }

    /// The time by the hub's clock, for an answer that does not say it.
    pub(crate) fn hub_time(&self) -> Millis {
        let now = (self.now)();
        Millis(now.0.saturating_add_signed(self.offset().unwrap_or_default()))
    }

    /// The earlier of the phone's time and the hub's, once the hub has told it. What is deleted for ever has to be due by both: one wrong
    /// clock deletes nothing. The hub's is as the hub told it last, and not worked out from the phone's, which may jump in the middle of a round.
    pub(crate) fn careful_time(&self) -> Option<Millis> {
        self.date.map(|date| date.min((self.now)()))
    }

    /// Makes sure that the hub takes this phone for its seat. Another seat's session, left behind on a shared phone, is replaced:
    /// what is pushed under the wrong account is refused for good.
    pub(crate) async fn open(&mut self) -> Result<()> {
        let Some(seat) = self.seat else { return Ok(()) };
        let caller = read_caller(&self.send(request_caller()).await?)?;
        if caller.account.as_deref() == Some(seat.account.as_str()) {
            self.roles = Some(caller.roles);
            return Ok(());
        }
        self.renew().await
    }

    /// Logs in again, where the password is at hand. A refusal is believed when it is given twice.
    pub(crate) async fn renew(&mut self) -> Result<()> {
        let Some(seat) = self.seat.filter(|_| self.renewals < MOST_RENEWALS) else { return Err(SyncError::Busy(401)) };
        self.renewals += 1;
        let password = seat.password.as_deref().ok_or(SyncError::SignedOut)?;
        let mut given = self.log_in(seat, password).await;
        if given == Err(SyncError::SeatRefused) {
            given = self.log_in(seat, password).await;
        }
        self.roles = Some(given?);
        Ok(())
    }

    async fn log_in(&mut self, seat: &Seat, password: &str) -> Result<Vec<String>> {
        read_log_in(&self.send(request_log_in(&seat.account, password)).await?, &seat.account)
    }

    /// Sends a request; where the session has ended, logs in and sends it once more.
    pub(crate) async fn ask(&mut self, request: Request) -> Result<Response> {
        let response = self.send(request.clone()).await?;
        if response.status != 401 || self.seat.is_none() {
            return Ok(response);
        }
        self.renew().await?;
        self.send(request).await
    }

    async fn send(&mut self, request: Request) -> Result<Response> {
        let asked = (self.now)();
        let response = self.hub.send(request).await?;
        // What is not the hub has a clock of its own.
        if response.body.trim_start().starts_with(['{', '[']) {
            self.samples.add(asked, (self.now)(), response.date);
            self.date = response.date.or(self.date);
        }
        Ok(response)
    }
}
