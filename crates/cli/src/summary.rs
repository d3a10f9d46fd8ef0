//! `variorum summary`: a ledger at first sight.
use crate::Outcome;
use crate::args::SummaryArgs;
use crate::failures::{plural, publishers};
use crate::incidents::Columns;
use crate::ledger::{Cited, cited, open};
use crate::page::{ALERT, FAINT, NUMBER, Page, STRONG, short};
use crate::phrase;
use anstyle::Style;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use variorum_ledger::{ClaimFilter, Ledger};
use variorum_model::{FigureRange, Incident, Verdict};

/// How many of the sources that are quoted most are named.
const MOST_QUOTED: usize = 6;
/// How many actors of an incident are named.
const MOST_ACTORS: usize = 6;

pub(crate) fn summary(args: &SummaryArgs) -> anyhow::Result<Outcome> {
    let ledger = open(&args.ledger)?;
    let reports = cited(&ledger)?;
    let quoted = Quoted::of(&ledger)?;
    let incidents: Vec<Incident> = ledger.incidents().collect::<Result<_, _>>()?;
    let mut page = Page::new();
    head(&mut page, &reports, &quoted, &incidents);

    let mut ranked: Vec<&Incident> = incidents.iter().filter(|i| weight(i) > 0).collect();
    ranked.sort_by_key(|i| std::cmp::Reverse(weight(i)));
    let shown: BTreeSet<&str> = ranked.iter().take(args.limit).map(|i| i.id.as_str()).collect();
    for incident in incidents.iter().filter(|i| shown.contains(i.id.as_str())) {
        page.blank();
        self::incident(&mut page, incident, &quoted, &reports);
    }
    let rest: Vec<&Incident> = incidents.iter().filter(|i| !shown.contains(i.id.as_str())).collect();
    if !rest.is_empty() {
        page.blank();
        page.line(&[(STRONG, &format!("And {} more", plural(rest.len(), "incident")))]);
        let columns = Columns::of(page.width());
        for incident in rest.iter().take(args.limit) {
            columns.row(&mut page, incident);
        }
        if rest.len() > args.limit {
            page.line(&[(FAINT, "… all of them: variorum incidents")]);
        }
    }
    page.blank();
    page.line(&[(FAINT, "The accounts of one, side by side, each quote with its place: variorum show ID")]);
    page.print()?;
    Ok(Outcome::Done)
}

/// Who says what: for each claim its report, and how often each source is quoted.
struct Quoted {
    report_of: HashMap<String, String>,
    by_source: BTreeMap<String, usize>,
}

impl Quoted {
    fn of(ledger: &Ledger) -> anyhow::Result<Self> {
        let mut quoted = Quoted { report_of: HashMap::new(), by_source: BTreeMap::new() };
        for claim in ledger.claims(ClaimFilter::default()) {
            let claim = claim?;
            if let Some(source) = claim.sources.last() {
                *quoted.by_source.entry(source.name.clone()).or_default() += 1;
            }
            quoted.report_of.insert(claim.id, claim.report);
        }
        Ok(quoted)
    }
}

fn head(page: &mut Page, reports: &HashMap<String, Cited>, quoted: &Quoted, incidents: &[Incident]) {
    // A report without a publisher goes by its id.
    let named: BTreeSet<&str> =
        reports.iter().filter(|(id, r)| **id != r.publisher).map(|(_, r)| r.publisher.as_str()).collect();
    let verdict = |v: Verdict| incidents.iter().flat_map(|i| &i.disagreements).filter(|d| d.verdict == v).count();
    let days = || reports.values().filter_map(|r| r.published.as_deref());
    let period = phrase::days(days().min(), days().max());
    let counts = [
        plural(reports.len(), "report"),
        plural(quoted.report_of.len(), "claim"),
        plural(incidents.len(), "incident"),
        plural(verdict(Verdict::Contradiction), "contradiction"),
        plural(verdict(Verdict::Update), "update"),
    ];
    page.line(&[(STRONG, &counts.join(" · "))]);
    let n_undated = reports.values().filter(|r| r.published.is_none()).count();
    let undated = if n_undated > 0 { format!(", {n_undated} undated") } else { String::new() };
    let published =
        format!("{}, {}; published {period}{undated}", plural(reports.len(), "report"), publishers(named.len()));
    page.paragraph(0, (FAINT, ""), Style::new(), &published);
    let mut sources: Vec<(&String, &usize)> = quoted.by_source.iter().collect();
    sources.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), name.as_str()));
    let most: Vec<String> = sources.iter().take(MOST_QUOTED).map(|(name, n)| format!("{name} ({n})")).collect();
    if !most.is_empty() {
        page.paragraph(0, (FAINT, "Most quoted:"), Style::new(), &most.join(", "));
    }
}

/// What makes an incident worth its own lines: several reports, figures, disagreements.
fn weight(incident: &Incident) -> usize {
    let news = usize::from(!incident.state_of_affairs);
    let several = incident.reports.len().saturating_sub(1);
    news * (3 * incident.disagreements.len() + 2 * several + incident.figures.len())
}

fn incident(page: &mut Page, incident: &Incident, quoted: &Quoted, reports: &HashMap<String, Cited>) {
    let days = phrase::incident_days(&incident.time);
    let place = phrase::incident_place(&incident.place);
    let told = format!(
        "{}, {}, {}",
        plural(incident.reports.len(), "report"),
        publishers(incident.publishers),
        plural(incident.origins, "origin")
    );
    let id = short(&incident.id);
    page.line(&[
        (NUMBER, &days),
        (Style::new(), "  "),
        (STRONG, &place),
        (Style::new(), " · "),
        (STRONG, &incident.event_type),
        (Style::new(), &format!(" · {told}")),
        (FAINT, "  "),
        (FAINT, id),
    ]);
    if !incident.actors.is_empty() {
        let named: Vec<&str> = incident.actors.iter().take(MOST_ACTORS).map(String::as_str).collect();
        let more = match incident.actors.len() - named.len() {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        page.paragraph(2, (FAINT, "actors"), Style::new(), &format!("{}{more}", named.join(", ")));
    }
    for range in &incident.figures {
        figure(page, range, quoted, reports);
    }
    for disagreement in incident.disagreements.iter().filter(|d| d.verdict != Verdict::Compatible) {
        let (style, word) = match disagreement.verdict {
            Verdict::Contradiction => (ALERT, "disputed"),
            Verdict::Correction => (FAINT, "corrected"),
            Verdict::Retraction => (FAINT, "retracted"),
            _ => (FAINT, "updated"),
        };
        let kind = phrase::name_of(disagreement.kind);
        page.paragraph(2, (style, &format!("{word} ({kind})")), Style::new(), &disagreement.reason);
    }
}

/// A range, and under it who gives which number.
pub(crate) fn figure_line(page: &mut Page, range: &FigureRange) {
    let best = match (range.best, range.policy.as_str()) {
        (Some(best), policy) if range.min != range.max && !policy.is_empty() => {
            format!("best estimate {} ({policy})", phrase::number(best))
        }
        _ => String::new(),
    };
    let head = format!("{} {}", phrase::counted(range), phrase::range(range));
    page.paragraph(2, (NUMBER, &head), FAINT, &best);
}

fn figure(page: &mut Page, range: &FigureRange, quoted: &Quoted, reports: &HashMap<String, Cited>) {
    figure_line(page, range);
    // One line for each number, in the order in which the numbers came up.
    let mut numbers: Vec<(String, Vec<String>)> = Vec::new();
    for observation in &range.observations {
        let report = quoted.report_of.get(&observation.claim).and_then(|id| reports.get(id));
        let publisher = report.map_or("", |r| r.publisher.as_str());
        let who = match observation.sources.last() {
            Some(source) => format!("{source} in {publisher}"),
            None => publisher.to_owned(),
        };
        let number = phrase::observed(observation);
        match numbers.iter_mut().find(|(n, _)| *n == number) {
            Some((_, all)) if all.contains(&who) => {}
            Some((_, all)) => all.push(who),
            None => numbers.push((number, vec![who])),
        }
    }
    if numbers.len() == 1 && range.min == range.max {
        page.paragraph(6, (Style::new(), "—"), FAINT, &numbers[0].1.join("; "));
        return;
    }
    for (number, who) in numbers {
        page.paragraph(6, (Style::new(), &format!("{number}:")), FAINT, &who.join("; "));
    }
}
