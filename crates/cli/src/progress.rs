//! How far the work is: a bar on a terminal, a line now and then elsewhere.
use crate::failures::plural;
use crate::terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Time between two lines where there is no terminal.
const INTERVAL: Duration = Duration::from_secs(10);

/// Says how many reports are done.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    lines: bool,
    bytes_read: Arc<AtomicU64>,
    total: Option<u64>,
    n_reports: usize,
    start: Instant,
    last_line: Instant,
}

impl Progress {
    /// `total` is in bytes. Nothing is drawn over output that goes to the same terminal.
    pub(crate) fn new(quiet: bool, total: Option<u64>, bytes_read: Arc<AtomicU64>) -> Self {
        let on_terminal = std::io::stderr().is_terminal();
        let bar = (!quiet && on_terminal && !std::io::stdout().is_terminal()).then(|| bar(total));
        let now = Instant::now();
        Progress { bar, lines: !quiet && !on_terminal, bytes_read, total, n_reports: 0, start: now, last_line: now }
    }

    /// One more report is done.
    pub(crate) fn report(&mut self) {
        self.n_reports += 1;
        if let Some(bar) = &self.bar {
            bar.set_position(self.bytes_read.load(Ordering::Relaxed));
            bar.set_message(self.rate());
        } else if self.lines && self.last_line.elapsed() >= INTERVAL {
            self.last_line = Instant::now();
            terminal::say(&format!("{}{}", self.rate(), self.rest()));
        }
    }

    /// How much is done and how long the rest will take, where the size of the input is known.
    fn rest(&self) -> String {
        let (read, total) = (self.bytes_read.load(Ordering::Relaxed) as f64, self.total.unwrap_or(0) as f64);
        if read <= 0.0 || total <= 0.0 {
            return String::new();
        }
        let left = self.start.elapsed().as_secs_f64() * (total - read).max(0.0) / read;
        let left = match left {
            s if s < 90.0 => format!("{s:.0} s"),
            s if s < 5400.0 => format!("{:.0} min", s / 60.0),
            s => format!("{:.1} h", s / 3600.0),
        };
        format!(", {:.0} % of the input, about {left} left", 100.0 * read.min(total) / total)
    }

    fn rate(&self) -> String {
        if self.n_reports == 0 {
            return plural(0, "report");
        }
        let rate = self.n_reports as f64 / self.start.elapsed().as_secs_f64().max(1e-3);
        format!("{}, {rate:.1}/s", plural(self.n_reports, "report"))
    }

    /// Takes the bar away; gives what it last said.
    pub(crate) fn finish(self) -> String {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        self.rate()
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(n) => (ProgressBar::new(n), "{bar:30} {percent:>3}%  {msg}  {eta} left"),
        None => (ProgressBar::new_spinner(), "{spinner} {msg}"),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
    bar.with_style(ProgressStyle::with_template(template).expect("a valid template"))
}
