//! The coded SMS form of a status: one message of at most 160 characters of the GSM alphabet, from which the identical signed event is
//! rebuilt. A person can read node, state and offers in it; a typing error anywhere shows when the signature is verified.
//!
//! The format is in `docs/formats/sms.md`.

use super::status::{NodeState, NodeStatus};
use crate::body::Body;
use crate::clock::Clock;
use crate::event::{Core, Event, Malformed, Mode};
use crate::id::{CheckWord, DeviceKey, NodeId, RegionId};
use crate::spatial::node::{Facts, Offer};
use crate::text::{from_base64url, to_base64url};
use enumset::EnumSet;

/// What one message holds.
pub const LONGEST: usize = 160;
/// The longest text in which a message is looked for: it may have been forwarded with words around it.
const LONGEST_TEXT: usize = 2_000;
const TAG: &str = "CM1";

/// Why an event has no SMS form, or a text is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmsError {
    /// Only statuses without parts have an SMS form.
    #[error("only a status has an SMS form")]
    NotAStatus,
    /// It does not fit into one message: it replaces too many others.
    #[error("{0} characters, and a message holds 160")]
    TooLong(usize),
    /// There is no message of this form in the text.
    #[error("not a coded status")]
    NotCoded,
    /// This part of the message can't be read.
    #[error("the {0} can't be read")]
    Unreadable(&'static str),
    /// The author is not known here, so nothing can be verified. Once the credential has come, the same text can be read again.
    #[error("the author {0} is not known here")]
    UnknownAuthor(CheckWord),
    /// The signature is wrong: a typing error, another region, or not what the author signed.
    #[error("the signature is wrong")]
    WrongSignature,
}

fn state_word(state: NodeState) -> &'static str {
    match state {
        NodeState::Open => "OPEN",
        NodeState::NearlyFull => "LOW",
        NodeState::Full => "FULL",
        NodeState::Closed => "SHUT",
        NodeState::Unsafe => "STOP",
    }
}

fn offer_letter(offer: Offer) -> char {
    match offer {
        Offer::Water => 'W',
        Offer::Power => 'P',
        Offer::FirstAid => 'A',
        Offer::Toilets => 'T',
        Offer::StepFree => 'S',
        Offer::Vulnerable => 'V',
        Offer::Food => 'F',
        Offer::Beds => 'B',
        Offer::Information => 'I',
        Offer::Pets => 'C',
    }
}

/// The message for `event`.
///
/// # Errors
/// Not a status, or too long for one message.
pub fn encode(event: &Event) -> Result<String, SmsError> {
    let core = &event.core;
    let Body::NodeStatus(status) = &core.body else { return Err(SmsError::NotAStatus) };
    if !core.parts.is_empty() {
        return Err(SmsError::NotAStatus);
    }
    let letters = |sign: &str, offers: EnumSet<Offer>| {
        let letters: String = offers.iter().map(offer_letter).collect();
        if letters.is_empty() { letters } else { format!("{sign}{letters}") }
    };
    let said = [state_word(status.state), &letters("+", status.offers.yes), &letters("-", status.offers.no)].concat();
    let mut words = vec![TAG.to_owned(), core.node.to_string(), said, core.author.check_word().to_string(), core.sequence.to_string()];
    words.extend(status.replaces.iter().map(|word| format!("R{word}")));
    if let Mode::Drill(drill) = core.mode {
        words.push(format!("D{drill}"));
    }
    words.extend(core.activation.map(|activation| format!("A{activation}")));
    words.push(to_base64url(&[core.clock.to_bytes().as_slice(), event.signature()].concat()));
    let text = words.join(" ");
    if text.len() > LONGEST { Err(SmsError::TooLong(text.len())) } else { Ok(text) }
}

/// Reads the message in `text`, for this region; `keys_of` gives the known devices with this check word. The event is intact: the
/// signature is verified here, and whether its author may say this is for [`crate::personnel::trust::Trust`].
///
/// # Errors
/// Not a message of this form, an unknown author, or a wrong signature.
pub fn decode<K>(text: &str, region: RegionId, keys_of: impl FnOnce(CheckWord) -> K) -> Result<Event, SmsError>
where
    K: IntoIterator<Item = DeviceKey>,
{
    let message = Message::read(text)?;
    let mut known = false;
    for author in keys_of(message.author).into_iter().filter(|key| key.check_word() == message.author) {
        known = true;
        let event = message.rebuild(region, author).map_err(|_| SmsError::Unreadable("message"))?;
        if event.is_intact() {
            return Ok(event);
        }
    }
    Err(if known { SmsError::WrongSignature } else { SmsError::UnknownAuthor(message.author) })
}

/// A message taken apart.
struct Message {
    node: NodeId,
    status: NodeStatus,
    author: CheckWord,
    sequence: u64,
    mode: Mode,
    activation: Option<CheckWord>,
    clock: Clock,
    signature: [u8; 64],
}

impl Message {
    fn read(text: &str) -> Result<Self, SmsError> {
        if text.len() > LONGEST_TEXT {
            return Err(SmsError::NotCoded);
        }
        let mut words = text.split_whitespace().skip_while(|word| !word.eq_ignore_ascii_case(TAG)).skip(1);
        let mut next = || words.next().ok_or(SmsError::NotCoded);
        let node = next()?.to_ascii_lowercase().parse().map_err(|_| SmsError::Unreadable("node"))?;
        let (state, offers) = read_said(next()?)?;
        let author = next()?.parse().map_err(|_| SmsError::Unreadable("author"))?;
        let sequence = next()?.parse().map_err(|_| SmsError::Unreadable("number"))?;
        let (mut replaces, mut mode, mut activation) = (Vec::new(), Mode::Real, None);
        let proof = loop {
            let word = next()?;
            let reference = || word.get(1..).and_then(|word| word.parse().ok()).filter(|_| word.len() == 9);
            match (word.as_bytes().first(), reference()) {
                (Some(b'R' | b'r'), Some(replaced)) => replaces.push(replaced),
                (Some(b'D' | b'd'), Some(drill)) => mode = Mode::Drill(drill),
                (Some(b'A' | b'a'), Some(under)) => activation = Some(under),
                _ => break word,
            }
        };
        let proof = from_base64url(proof).ok_or(SmsError::Unreadable("signature"))?;
        let (clock, signature) = proof.split_first_chunk::<8>().ok_or(SmsError::Unreadable("signature"))?;
        let signature = signature.try_into().map_err(|_| SmsError::Unreadable("signature"))?;
        let clock = Clock(u64::from_be_bytes(*clock));
        Ok(Self { node, status: NodeStatus { state, offers, replaces }, author, sequence, mode, activation, clock, signature })
    }

    /// The event that `author` signed.
    fn rebuild(&self, region: RegionId, author: DeviceKey) -> Result<Event, Malformed> {
        let core = Core {
            region,
            mode: self.mode,
            activation: self.activation,
            author,
            sequence: self.sequence,
            clock: self.clock,
            node: self.node.clone(),
            body: Body::NodeStatus(self.status.clone()),
            parts: Vec::new(),
        };
        Event::from_parts(core.to_bytes()?, self.signature)
    }
}

/// Reads state and offers: `OPEN+WPT-B`.
fn read_said(word: &str) -> Result<(NodeState, Facts<Offer>), SmsError> {
    let unreadable = SmsError::Unreadable("state");
    let word = word.to_ascii_uppercase();
    let (state, mut rest) = word.split_at(word.find(['+', '-']).unwrap_or(word.len()));
    let state = NodeState::ALL.into_iter().find(|&known| state_word(known) == state).ok_or(unreadable)?;
    let mut offers = Facts::default();
    for (sign, set) in [('+', &mut offers.yes), ('-', &mut offers.no)] {
        if let Some(letters) = rest.strip_prefix(sign) {
            let end = letters.find(['+', '-']).unwrap_or(letters.len());
            for letter in letters[..end].chars() {
                *set |= EnumSet::<Offer>::all().iter().find(|&offer| offer_letter(offer) == letter).ok_or(unreadable)?;
            }
            rest = &letters[end..];
        }
    }
    if rest.is_empty() { Ok((state, offers)) } else { Err(unreadable) }
}

#[cfg(test)]
mod tests;
