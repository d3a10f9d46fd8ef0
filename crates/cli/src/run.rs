//! Reports through workers and out again, in the order of the input.
use crate::Outcome;
use crate::args::InputArgs;
use crate::failures::Failures;
use crate::progress::Progress;
use crate::terminal;
use anyhow::Context;
use crossbeam_channel::{Receiver, Sender, bounded};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use variorum_intake::{Failure, Intake, Location, Options};
use variorum_model::Report;

static STOPPED: AtomicBool = AtomicBool::new(false);

/// The first Ctrl-C ends the work after the reports at hand, the second one at once.
pub(crate) fn stop_on_ctrl_c() {
    let handler = || {
        if STOPPED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        terminal::say("stopping after the reports at hand; once more to stop at once");
    };
    // Without a handler, Ctrl-C ends the program as it always does.
    let _ = ctrlc::set_handler(handler);
}

/// True once the user has asked to stop.
pub(crate) fn is_stopped() -> bool {
    STOPPED.load(Ordering::SeqCst)
}

/// Reports in work for each worker: enough to bridge a slow one, few enough to bound memory.
const IN_WORK: usize = 4;

/// A report on its way out.
struct Worked<T> {
    location: Location,
    /// What was made of it, or the report's id and why its analysis broke.
    made: Result<T, (String, String)>,
}

/// Inputs that are to be read, with the options checked.
pub(crate) struct Run<'a> {
    args: &'a InputArgs,
    intake: Intake,
    failures: Failures,
}

impl<'a> Run<'a> {
    /// Checks the options, before anything is loaded or made. The ledger may lie among the inputs.
    pub(crate) fn new(args: &'a InputArgs, ledger: Option<&Path>) -> anyhow::Result<Self> {
        let own_files = ledger.into_iter().chain(args.failures.as_deref());
        let options = own_files.fold(options(args)?, |options, file| options.leave_out(file));
        let intake = Intake::new(&args.paths, options);
        Ok(Run { args, intake, failures: Failures::new(args.failures.as_deref())? })
    }

    /// Reads the inputs, works on each report (on several threads), and passes what was made, or why there is
    /// nothing, to `sink`, in order and on this thread. Failures are listed; the outcome says whether there were any.
    pub(crate) fn go<T: Send>(
        self,
        verb: &str,
        work: impl Fn(Report) -> T + Sync,
        mut sink: impl FnMut(Result<T, &Failure>, &mut Noted<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<Outcome> {
        let Run { args, intake, mut failures } = self;
        let total = if args.quiet { None } else { Intake::total_bytes(&args.paths) };
        let mut progress = Progress::new(args.quiet, total, intake.bytes_read());
        let n_jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, |n| n.get());
        let mut n_reports = 0usize;
        let mut take = |item: Result<Worked<T>, Failure>| -> anyhow::Result<()> {
            match item {
                Err(failure) => {
                    failures.input(&failure)?;
                    sink(Err(&failure), &mut Noted { failures: &mut failures, location: &failure.location })?;
                }
                Ok(Worked { location, made: Err((id, why)) }) => failures.broken(&location, &id, &why)?,
                Ok(Worked { location, made: Ok(made) }) => {
                    sink(Ok(made), &mut Noted { failures: &mut failures, location: &location })?;
                    n_reports += 1;
                    progress.report();
                }
            }
            Ok(())
        };
        if n_jobs == 1 { in_line(intake, &work, &mut take) } else { in_parallel(intake, n_jobs, &work, &mut take) }?;
        let said = progress.finish();
        if !args.quiet {
            terminal::say(&format!("{verb} {said}"));
        }
        let n_failed = failures.n();
        failures.finish(args.quiet)?;
        Ok(match (n_reports, n_failed) {
            _ if is_stopped() => Outcome::Stopped,
            (0, _) => {
                if n_failed == 0 {
                    terminal::say("no reports in what was given");
                }
                Outcome::NothingDone
            }
            (_, 0) => Outcome::Done,
            _ => Outcome::SomeFailed,
        })
    }
}

/// Takes down what is to be known of the report that a sink is given.
pub(crate) struct Noted<'f> {
    failures: &'f mut Failures,
    location: &'f Location,
}

impl Noted<'_> {
    /// Its diagnostics.
    pub(crate) fn report(&mut self, report: &Report) -> anyhow::Result<()> {
        self.failures.report(self.location, report)
    }
}

fn options(args: &InputArgs) -> anyhow::Result<Options> {
    anyhow::ensure!(args.max_size > 0.0, "--max-size must be more than nothing");
    anyhow::ensure!(args.limits.max_member_size > 0.0, "--max-member-size must be more than nothing");
    let limits = &args.limits;
    let mut options = Options::default()
        .max_bytes((args.max_size * 1e6) as u64)
        .max_member_bytes((limits.max_member_size * 1e6) as u64)
        .max_members(limits.max_members)
        .max_nesting(limits.max_nesting)
        .max_ratio(limits.max_ratio)
        .max_depth(limits.max_depth)
        .max_elements(limits.max_elements)
        .max_time(Duration::from_secs(limits.max_time));
    if let Ok(program) = std::env::current_exe() {
        options = options.pdf_reader(program, &["pdf-text"]);
    }
    if let Some(mapping) = &args.columns {
        options = options.columns(mapping).context("--columns")?;
    }
    match &args.published {
        Some(date) => options.published(date).context("--published"),
        None => Ok(options),
    }
}

fn attempt<T>(location: Location, report: Report, work: &impl Fn(Report) -> T) -> Worked<T> {
    let id = report.id.clone();
    let made = catch_unwind(AssertUnwindSafe(|| work(report))).map_err(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        (id, message.unwrap_or("no message").to_owned())
    });
    Worked { location, made }
}

fn in_line<T>(
    mut intake: Intake,
    work: &impl Fn(Report) -> T,
    take: &mut impl FnMut(Result<Worked<T>, Failure>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    while !is_stopped() {
        let Some(item) = intake.next() else { break };
        take(item.map(|report| attempt(intake.location().clone(), report, work)))?;
    }
    Ok(())
}

fn in_parallel<T: Send>(
    mut intake: Intake,
    n_jobs: usize,
    work: &(impl Fn(Report) -> T + Sync),
    take: &mut impl FnMut(Result<Worked<T>, Failure>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    type Place<T> = Receiver<Result<Worked<T>, Failure>>;
    type Job<T> = (Location, Report, Sender<Result<Worked<T>, Failure>>);
    // Each report gets its place in the queue before any worker sees it: the order is that of the places.
    let (queue, places) = bounded::<Place<T>>(n_jobs * IN_WORK);
    let (jobs, next_job) = bounded::<Job<T>>(n_jobs);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while !is_stopped() {
                let Some(item) = intake.next() else { break };
                let (done, place) = bounded(1);
                if queue.send(place).is_err() {
                    break;
                }
                let sent = match item {
                    Ok(report) => jobs.send((intake.location().clone(), report, done)).is_ok(),
                    Err(failure) => done.send(Err(failure)).is_ok(),
                };
                if !sent {
                    break;
                }
            }
        });
        for _ in 0..n_jobs {
            let next_job = next_job.clone();
            scope.spawn(move || {
                for (location, report, done) in next_job {
                    // Nobody waits any more once the output has failed.
                    let _ = done.send(Ok(attempt(location, report, work)));
                }
            });
        }
        drop(next_job);
        for place in places {
            let Ok(item) = place.recv() else { break };
            take(item)?;
        }
        Ok(())
    })
}
