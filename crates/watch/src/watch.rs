//! The loop.
use crate::alert::Alert;
use crate::channel::Channel;
use crate::config::{Config, ConfigError, List};
use crate::delivery::{Outbox, back_off};
use crate::failure::FetchError;
use crate::fetch::{Answer, Fetcher};
use crate::lists::named;
use crate::pace::Pace;
use crate::reach::Reach;
use crate::robots::Robots;
use crate::visit::{Visit, Visitor, host};
use crate::{chance, now};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use url::Url;
use variorum_intake::{Options, from_web};
use variorum_ledger::{Added, Address, Ledger, LedgerError};
use variorum_model::Report;

/// What the watch leaves to others: reading, linking, and what is seen of it.
pub trait Desk {
    /// Reads a report into the ledger.
    fn read(&mut self, ledger: &mut Ledger, report: Report) -> Result<Added, LedgerError>;
    /// Brings the incidents up to date.
    fn link(&mut self, ledger: &mut Ledger) -> Result<(), LedgerError>;
    /// Shows an alert to who is at the terminal.
    fn show(&mut self, alert: &Alert) -> std::io::Result<()>;
    /// Says what happened.
    fn say(&mut self, news: News<'_>);
}

/// What the watch has to say while it goes on.
#[derive(Debug)]
pub enum News<'a> {
    /// A feed or list was asked, and named pages that are new.
    Listed {
        /// Its address.
        url: &'a str,
        /// How many.
        n_new: usize,
    },
    /// A page is in the ledger.
    Read {
        /// Its address.
        url: &'a str,
        /// What it added.
        added: Added,
    },
    /// An address was not to be had.
    Missed {
        /// The address.
        url: &'a str,
        /// Why.
        why: &'a FetchError,
        /// It is not asked for again.
        given_up: bool,
    },
    /// An alert was not taken.
    Undelivered {
        /// By whom.
        channel: &'a str,
        /// Why.
        why: &'a str,
        /// It never will be.
        lost: bool,
    },
}

/// What a watch came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Feeds and lists that were asked.
    pub lists: usize,
    /// Pages that were read.
    pub pages: usize,
    /// Of these and those: not changed since.
    pub same: usize,
    /// Addresses that were not to be had.
    pub missed: usize,
    /// Alerts that were taken; one alert over two channels is two.
    pub sent: usize,
}

/// Reports that are read before incidents are made of them, while more are coming.
const BATCH: usize = 20;
/// Longest time for which they wait.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest sleep between two looks at whether the watch is ending.
const NAP: Duration = Duration::from_millis(200);

/// Watches until `stopped`; with `once`, until nothing is left of what is due now.
///
/// # Errors
/// The ledger cannot be used, or the configuration. What servers do is no error.
pub fn watch(
    config: &Config,
    ledger: &mut Ledger,
    desk: &mut impl Desk,
    stopped: &(dyn Fn() -> bool + Sync),
    allow_private: bool,
    once: bool,
) -> Result<Tally, WatchError> {
    let reach = if allow_private { Reach::everywhere() } else { Reach::public(config.allow.iter().copied()) };
    let limits = config.limits();
    let options = Options::default().max_bytes(limits.body).max_member_bytes(limits.body);
    let visitor = Visitor {
        fetcher: Fetcher::new(&config.user_agent(), limits, reach),
        pace: Pace::new(config.politeness.delay),
        robots: Robots::default(),
        stopped,
    };
    for (origin, body, fetched) in ledger.robots()? {
        // One that cannot be read is fetched again.
        let _ = visitor.robots.learn(&origin, &body, fetched);
    }
    let outbox = Outbox { config, channels: Channel::all(config)?, stopped };
    for list in &config.lists {
        ledger.watch_list(list.url.as_str(), &host(&list.url), "private-address")?;
    }
    // What the ledger holds before the first watch is not news.
    ledger.unalerted()?;
    let lists = config.lists.iter().map(|l| (l.url.as_str(), l)).collect();
    let round = Round { config, lists, visitor: &visitor, outbox, options, ledger, desk, tally: Tally::default() };
    std::thread::scope(|scope| {
        let (jobs, next_job) = unbounded::<Address>();
        let (done, visits) = unbounded::<Visit>();
        for _ in 0..config.jobs {
            let (next_job, done, visitor) = (next_job.clone(), done.clone(), &visitor);
            scope.spawn(move || {
                for address in next_job {
                    // Nobody listens any more once the ledger has failed.
                    let _ = done.send(visitor.visit(address));
                }
            });
        }
        let tally = round.go(&jobs, &visits, once);
        drop(jobs);
        visitor.fetcher.shut_down();
        tally
    })
}

/// Why a watch ended otherwise than it should.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

struct Round<'a, D> {
    config: &'a Config,
    lists: BTreeMap<&'a str, &'a List>,
    visitor: &'a Visitor<'a>,
    outbox: Outbox<'a>,
    options: Options,
    ledger: &'a mut Ledger,
    desk: &'a mut D,
    tally: Tally,
}

impl<D: Desk> Round<'_, D> {
    fn go(mut self, jobs: &Sender<Address>, visits: &Receiver<Visit>, once: bool) -> Result<Tally, WatchError> {
        let start = now();
        let names: Vec<&str> = self.lists.keys().copied().collect();
        // Hosts of the addresses in hand.
        let mut in_hand: Vec<String> = Vec::new();
        let (mut unlinked, mut linked) = (0, Instant::now());
        // A run that was broken off may have left reports to link and alerts to send.
        self.settle()?;
        while !(self.visitor.stopped)() {
            let due_by = if once { start } else { now() };
            while in_hand.len() < self.config.jobs {
                let (mut busy, _) = self.visitor.pace.waiting();
                busy.extend(in_hand.iter().cloned());
                let busy: Vec<&str> = busy.iter().map(String::as_str).collect();
                let Some(address) = self.ledger.next_due(due_by, &names, &busy)? else { break };
                in_hand.push(address.host.clone());
                let _ = jobs.send(address);
            }
            let is_idle = in_hand.is_empty() && self.ledger.next_due(due_by, &names, &[])?.is_none();
            if unlinked > 0 && (is_idle || unlinked >= BATCH || linked.elapsed() > PATIENCE) {
                self.settle()?;
                (unlinked, linked) = (0, Instant::now());
            }
            if once && is_idle {
                break;
            }
            if is_idle {
                self.tally.sent += self.outbox.deliver(self.ledger, self.desk)?;
            }
            let soonest = self.visitor.pace.waiting().1.unwrap_or(NAP);
            match visits.recv_timeout(soonest.clamp(Duration::from_millis(5), NAP)) {
                Ok(visit) => {
                    in_hand.retain(|host| *host != visit.address.host);
                    unlinked += self.take(visit)?;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        // What came in meanwhile need not be fetched again.
        while let Ok(visit) = visits.try_recv() {
            unlinked += self.take(visit)?;
        }
        if unlinked > 0 {
            self.settle()?;
        }
        Ok(self.tally)
    }

    /// Links, makes alerts of what came of it, and sends them.
    fn settle(&mut self) -> Result<(), LedgerError> {
        self.desk.link(self.ledger)?;
        self.outbox.post(self.ledger)?;
        self.tally.sent += self.outbox.deliver(self.ledger, self.desk)?;
        Ok(())
    }

    /// Stores what a visit came to. Answers how many reports there are to link.
    fn take(&mut self, visit: Visit) -> Result<usize, LedgerError> {
        let Visit { address, robots, made } = visit;
        for (origin, body) in robots {
            self.ledger.keep_robots(&origin, &body, now())?;
        }
        let Some(&list) = self.lists.get(address.list.as_deref().unwrap_or(&address.url)) else { return Ok(0) };
        let kept = match made {
            Ok((at, answer)) if address.list.is_none() => self.take_list(&address, list, &at, answer),
            Ok((at, answer)) => self.take_page(&address, list, &at, answer),
            Err(why) => Err(Failed::Fetch(why)),
        };
        match kept {
            Ok(n_reports) => Ok(n_reports),
            Err(Failed::Ledger(e)) => Err(e),
            Err(Failed::Fetch(FetchError::Stopped)) => Ok(0),
            Err(Failed::Fetch(why)) => self.miss(&address, &why).map(|()| 0),
        }
    }

    fn take_list(&mut self, address: &Address, list: &List, at: &Url, answer: Answer) -> Result<usize, Failed> {
        self.tally.lists += 1;
        // Somewhat sooner than asked for, so that a timer of the same length always finds it due.
        let due = now() + list.every.mul_f64(0.95 - 0.1 * chance()).as_millis() as i64;
        let (found, validators) = match answer {
            Answer::Body { mime, bytes, validators } => (named(list, at, &mime, bytes, &self.options)?, validators),
            _ => {
                self.tally.same += 1;
                (Vec::new(), address.validators.clone())
            }
        };
        let n_new = self.ledger.visited(&address.url, &validators, &found, now(), Some(due))?;
        self.desk.say(News::Listed { url: &address.url, n_new });
        Ok(0)
    }

    fn take_page(&mut self, address: &Address, list: &List, at: &Url, answer: Answer) -> Result<usize, Failed> {
        let due = list.revisit.get(address.visits as usize).map(|after| now() + after.as_millis() as i64);
        let Answer::Body { mime, bytes, validators } = answer else {
            self.tally.same += 1;
            self.ledger.visited(&address.url, &address.validators, &[], now(), due)?;
            return Ok(0);
        };
        let report = self.report(address, list, at, &mime, bytes)?;
        self.tally.pages += 1;
        // The report first: a process that dies between the two fetches this page once more, and finds it known.
        let added = self.desk.read(self.ledger, report)?;
        self.ledger.visited(&address.url, &validators, &[], now(), due)?;
        self.desk.say(News::Read { url: &address.url, added });
        Ok(usize::from(added != Added::Unchanged))
    }

    fn report(
        &self,
        address: &Address,
        list: &List,
        at: &Url,
        mime: &str,
        bytes: Vec<u8>,
    ) -> Result<Report, FetchError> {
        let dated = address.published.as_deref().and_then(|date| self.options.clone().published(date).ok());
        let options = dated.as_ref().unwrap_or(&self.options);
        let read = from_web(mime, bytes, at.as_str(), options);
        let mut report =
            read.ok_or_else(|| FetchError::NotAReport(mime.to_owned()))?.map_err(FetchError::Unreadable)?;
        if !list.publisher.is_empty() {
            report.publisher.clone_from(&list.publisher);
        }
        Ok(report)
    }

    fn miss(&mut self, address: &Address, why: &FetchError) -> Result<(), LedgerError> {
        self.tally.missed += 1;
        let polite = &self.config.politeness;
        let mut wait = back_off(polite.retry, polite.longest, address.tries);
        if let FetchError::Busy { after, .. } = why {
            wait = wait.max(after.unwrap_or_default());
            self.ledger.spare_host(&address.host, now() + wait.as_millis() as i64)?;
        }
        let given_up = address.list.is_some() && (!why.is_passing() || address.tries + 1 >= polite.tries);
        let due = (!given_up).then(|| now() + wait.as_millis() as i64);
        self.ledger.missed(&address.url, why.code(), due)?;
        if given_up {
            self.ledger.record_failure(&address.url, why.code(), &why.to_string())?;
        }
        self.desk.say(News::Missed { url: &address.url, why, given_up });
        Ok(())
    }
}

/// What stands in the way of taking an answer in.
enum Failed {
    Fetch(FetchError),
    Ledger(LedgerError),
}

impl From<FetchError> for Failed {
    fn from(error: FetchError) -> Self {
        Failed::Fetch(error)
    }
}

impl From<LedgerError> for Failed {
    fn from(error: LedgerError) -> Self {
        Failed::Ledger(error)
    }
}
