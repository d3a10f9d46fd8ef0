//! How often a host is asked.
use crate::chance;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Longest delay that a host may ask for in `robots.txt`.
const LONGEST_DELAY: Duration = Duration::from_secs(120);

/// How much longer than the delay a wait may be, as a part of it: many watches shall not beat in time.
const JITTER: f64 = 0.5;

/// Keeps requests to one host apart.
pub(crate) struct Pace {
    delay: Duration,
    hosts: Mutex<BTreeMap<String, Turn>>,
}

struct Turn {
    next: Instant,
    delay: Duration,
}

impl Pace {
    pub(crate) fn new(delay: Duration) -> Self {
        Pace { delay, hosts: Mutex::default() }
    }

    /// Books the next turn of a host: when it is.
    pub(crate) fn book(&self, host: &str) -> Instant {
        let mut hosts = self.hosts.lock().unwrap_or_else(|e| e.into_inner());
        let now = Instant::now();
        let turn = hosts.entry(host.to_owned()).or_insert(Turn { next: now, delay: self.delay });
        let at = turn.next.max(now);
        turn.next = at + turn.delay.mul_f64(1.0 + JITTER * chance());
        at
    }

    /// A host asks for a delay of its own; it is never shorter than ours.
    pub(crate) fn slow_down(&self, host: &str, delay: Duration) {
        let mut hosts = self.hosts.lock().unwrap_or_else(|e| e.into_inner());
        if let Some(turn) = hosts.get_mut(host) {
            let delay = delay.clamp(self.delay, LONGEST_DELAY.max(self.delay));
            if delay > turn.delay {
                turn.next += delay - turn.delay;
            }
            turn.delay = delay;
        }
    }

    /// Hosts whose turn has not come, and how long until the first one's.
    pub(crate) fn waiting(&self) -> (Vec<String>, Option<Duration>) {
        let hosts = self.hosts.lock().unwrap_or_else(|e| e.into_inner());
        let now = Instant::now();
        let waiting = hosts.iter().filter(|(_, turn)| turn.next > now);
        let soonest = waiting.clone().map(|(_, turn)| turn.next - now).min();
        (waiting.map(|(host, _)| host.clone()).collect(), soonest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_of_one_host_are_apart_and_others_do_not_wait() {
        let pace = Pace::new(Duration::from_secs(2));
        let start = Instant::now();
        let turns: Vec<_> = (0..3).map(|_| pace.book("courier.example") - start).collect();
        assert!(turns[0] < Duration::from_secs(1));
        for pair in turns.windows(2) {
            let gap = pair[1] - pair[0];
            assert!(gap >= Duration::from_secs(2) && gap <= Duration::from_secs(3), "{gap:?}");
        }
        assert!(pace.book("tribune.example") - start < Duration::from_secs(1));
        pace.slow_down("tribune.example", Duration::from_secs(10));
        assert!(pace.book("tribune.example") - start >= Duration::from_secs(10));
        // A host cannot ask to be asked more often, nor to be waited for without end.
        pace.slow_down("courier.example", Duration::ZERO);
        let before = pace.book("courier.example");
        assert!(pace.book("courier.example") - before >= Duration::from_secs(2));
        assert_eq!(pace.waiting().0, ["courier.example", "tribune.example"]);
    }
}
