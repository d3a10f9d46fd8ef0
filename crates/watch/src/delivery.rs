//! The outbox: alerts are posted in one transaction with the mark of how far the change feed was read, and stay until they
//! are taken. One that is not taken holds back those behind it on its channel, so that they arrive in their order.
use crate::alert::Alert;
use crate::channel::{Channel, Undelivered};
use crate::config::Config;
use crate::rules::alerts;
use crate::watch::{Desk, News};
use crate::{chance, now};
use std::time::Duration;
use variorum_ledger::{Ledger, LedgerError, Settled};

/// So long, doubled for each failure before, with jitter.
pub(crate) fn back_off(first: Duration, longest: Duration, failures: u32) -> Duration {
    first.saturating_mul(1 << failures.min(20)).min(longest).mul_f64(1.0 + 0.25 * chance())
}

pub(crate) struct Outbox<'a> {
    pub(crate) config: &'a Config,
    pub(crate) channels: Vec<Channel>,
    pub(crate) stopped: &'a (dyn Fn() -> bool + Sync),
}

impl Outbox<'_> {
    /// Makes alerts of what became of incidents since the last time, and posts them.
    pub(crate) fn post(&self, ledger: &mut Ledger) -> Result<(), LedgerError> {
        let changes = ledger.unalerted()?;
        let Some(last) = changes.last().map(|c| c.seq) else { return Ok(()) };
        let mut posted = Vec::new();
        for change in &changes {
            for alert in alerts(&self.config.rules, change, ledger)? {
                let body = serde_json::to_string(&alert).expect("plain data");
                for channel in &self.channels {
                    posted.push((channel.name.clone(), alert.key.clone(), body.clone()));
                }
            }
        }
        ledger.post(&posted, last).map(|_| ())
    }

    /// Delivers what is due. Answers how many were taken.
    pub(crate) fn deliver(&self, ledger: &mut Ledger, desk: &mut dyn Desk) -> Result<usize, LedgerError> {
        let mut n_sent = 0;
        for channel in &self.channels {
            while let Some(letter) = ledger.next_letter(&channel.name)?.filter(|l| l.due <= now()) {
                if (self.stopped)() {
                    return Ok(n_sent);
                }
                let taken = match serde_json::from_str::<Alert>(&letter.body) {
                    Ok(alert) => channel.deliver(&alert, &letter.body, desk),
                    Err(e) => Err(Undelivered::Refused(e.to_string())),
                };
                let settled = match taken {
                    Ok(()) => {
                        n_sent += 1;
                        Settled::Sent
                    }
                    Err(Undelivered::Refused(why)) => {
                        desk.say(News::Undelivered { channel: &channel.name, why: &why, lost: true });
                        Settled::Refused(why)
                    }
                    Err(Undelivered::Later(why, after)) => {
                        desk.say(News::Undelivered { channel: &channel.name, why: &why, lost: false });
                        let polite = &self.config.politeness;
                        let wait = back_off(polite.retry, polite.longest, letter.tries).max(after.unwrap_or_default());
                        Settled::Later(now() + wait.as_millis() as i64)
                    }
                };
                ledger.settle_letter(letter.number, &settled)?;
            }
        }
        Ok(n_sent)
    }
}
