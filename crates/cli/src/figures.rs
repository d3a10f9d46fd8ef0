//! `variorum figures`: what was said of an incident's numbers, as of a day, as known on a day, by a source.
use crate::Outcome;
use crate::args::{FigureFormat, FiguresArgs};
use crate::failures::plural;
use crate::ledger::{Cited, cited, open};
use crate::page::{FAINT, NUMBER, Page, STRONG};
use crate::phrase;
use crate::terminal::{say, write_out};
use anstyle::Style;
use anyhow::bail;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use variorum_link::{Estimate, estimate, standing};
use variorum_model::{Bound, FigureRange, Observation, Scope};

/// One observation with all that is known of it: a line of the output.
#[derive(Serialize)]
struct Row<'a> {
    measure: &'a str,
    category: &'a str,
    side: &'a str,
    scope: Scope,
    value: Option<f64>,
    min: Option<f64>,
    max: Option<f64>,
    bound: Bound,
    source: String,
    publisher: &'a str,
    report: &'a str,
    claim: &'a str,
    origin: &'a str,
    as_of: Option<&'a str>,
    published: Option<&'a str>,
    /// What its voice said last, of all that is asked for.
    stands: bool,
}

/// Numbers of one kind that are asked for, and what they come to.
#[derive(Serialize)]
struct Asked<'a> {
    low: Option<f64>,
    best: Option<f64>,
    high: Option<f64>,
    origins: usize,
    observations: Vec<Row<'a>>,
}

/// The question: what did X say the number was as of day Y, as known on day Z.
struct Question<'a> {
    as_of: Option<&'a str>,
    known: Option<&'a str>,
    source: Option<String>,
}

impl Question<'_> {
    /// Whether an observation is asked for; nothing where its day is needed and not known.
    fn wants(&self, o: &Observation, publisher: &str) -> Option<bool> {
        if let Some(wanted) = &self.source {
            let has = |name: &str| name.to_lowercase().contains(wanted);
            if !o.sources.iter().any(|s| has(s)) && !has(publisher) {
                return Some(false);
            }
        }
        let by = |day: Option<&str>, limit: Option<&str>| limit.map_or(Some(true), |limit| Some(day? <= limit));
        Some(by(o.published.as_deref(), self.known)? && by(o.as_of.as_deref().or(o.published.as_deref()), self.as_of)?)
    }
}

pub(crate) fn figures(args: &FiguresArgs) -> anyhow::Result<Outcome> {
    for (flag, day) in [("--as-of", &args.as_of), ("--known", &args.known)] {
        if let Some(day) = day.as_deref().filter(|d| !is_day(d)) {
            bail!("{flag} needs a day such as 2024-05-16, not {day:?}");
        }
    }
    let ledger = open(&args.ledger)?;
    let incident = ledger.incident(&args.incident)?;
    let reports = cited(&ledger)?;
    let mut report_of: HashMap<String, String> = HashMap::new();
    for range in &incident.figures {
        for observation in &range.observations {
            report_of.insert(observation.claim.clone(), ledger.claim(&observation.claim)?.report);
        }
    }
    let source = args.source.as_ref().map(|s| s.to_lowercase());
    let question = Question { as_of: args.as_of.as_deref(), known: args.known.as_deref(), source };
    let mut n_undated = 0;
    let mut all = Vec::new();
    for range in &incident.figures {
        let publisher = |o: &Observation| {
            report_of.get(&o.claim).and_then(|id| reports.get(id)).map_or("", |c: &Cited| &c.publisher)
        };
        let mut chosen: Vec<Observation> = Vec::new();
        for o in &range.observations {
            match question.wants(o, publisher(o)) {
                Some(true) => chosen.push(o.clone()),
                Some(false) => {}
                None => n_undated += 1,
            }
        }
        if !chosen.is_empty() {
            all.push((range, chosen));
        }
    }
    if n_undated > 0 {
        let numbers = plural(n_undated, "number");
        say(&format!("{numbers} of unknown day left out: whether they were known by then cannot be said"));
    }
    let asked: Vec<(&FigureRange, Asked<'_>)> =
        all.iter().map(|(range, chosen)| (*range, asked(range, chosen, &report_of, &reports))).collect();
    match args.format {
        FigureFormat::Table => table(&incident.title, &incident.id, &asked)?,
        FigureFormat::Json => {
            let only: Vec<&Asked<'_>> = asked.iter().map(|(_, a)| a).collect();
            let mut body = serde_json::to_vec_pretty(&only)?;
            body.push(b'\n');
            return write_out(&body);
        }
        FigureFormat::Csv => return write_out(&csv(&asked)?),
    }
    Ok(Outcome::Done)
}

/// `2024-05-16`, a day of the calendar.
fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

fn asked<'a>(
    range: &'a FigureRange,
    chosen: &'a [Observation],
    report_of: &'a HashMap<String, String>,
    reports: &'a HashMap<String, Cited>,
) -> Asked<'a> {
    let stand = standing(chosen);
    let Estimate { low, best, high } = estimate(chosen);
    let mut by_origin: BTreeMap<&str, ()> = BTreeMap::new();
    let rows = chosen.iter().enumerate().map(|(i, o)| {
        by_origin.insert(&o.origin, ());
        let report = report_of.get(&o.claim).map_or("", String::as_str);
        Row {
            measure: &range.measure,
            category: &range.category,
            side: &range.side,
            scope: range.scope,
            value: o.value,
            min: o.min,
            max: o.max,
            bound: o.bound,
            source: o.sources.join(" → "),
            publisher: reports.get(report).map_or("", |c| &c.publisher),
            report,
            claim: &o.claim,
            origin: &o.origin,
            as_of: o.as_of.as_deref(),
            published: o.published.as_deref(),
            stands: stand.contains(&i),
        }
    });
    let observations = rows.collect();
    Asked { low, best, high, origins: by_origin.len(), observations }
}

fn table(title: &str, id: &str, asked: &[(&FigureRange, Asked<'_>)]) -> anyhow::Result<()> {
    let mut page = Page::new();
    page.line(&[(STRONG, title), (FAINT, "  "), (FAINT, id)]);
    if asked.is_empty() {
        page.line(&[(FAINT, "No figure answers to this.")]);
    }
    for (range, asked) in asked {
        page.blank();
        let number = |n: Option<f64>| n.map_or("unknown".to_owned(), phrase::number);
        let estimate = format!("low {}, best {}, high {}", number(asked.low), number(asked.best), number(asked.high));
        let origins = plural(asked.origins, "origin");
        page.paragraph(
            2,
            (NUMBER, &phrase::counted(range)),
            FAINT,
            &format!("{estimate} ({}); {origins}", range.policy),
        );
        for row in &asked.observations {
            let given = phrase::bounded(row.bound, row.value, row.min, row.max);
            let by = if row.source.is_empty() {
                row.publisher.to_owned()
            } else {
                format!("{} in {}", row.source, row.publisher)
            };
            let as_of = row.as_of.map(|d| format!(", as of {d}")).unwrap_or_default();
            let published = row.published.map_or(", undated".to_owned(), |d| format!(", published {d}"));
            let later = if row.stands { "" } else { " (given up for a later number)" };
            let style = if row.stands { Style::new() } else { FAINT };
            page.paragraph(6, (style, &format!("{given}:")), style, &format!("{by}{as_of}{published}{later}"));
        }
    }
    page.print()
}

/// RFC 4180, one observation a line, with a head.
fn csv(asked: &[(&FigureRange, Asked<'_>)]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in asked.iter().flat_map(|(_, a)| &a.observations) {
        writer.serialize(row)?;
    }
    Ok(writer.into_inner()?)
}
