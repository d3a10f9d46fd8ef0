//! `variorum incidents`: the incidents of a ledger.
use crate::Outcome;
use crate::args::{IncidentFormat, IncidentsArgs};
use crate::ledger::open;
use crate::page::{ALERT, FAINT, NUMBER, Page, STRONG, fitted, one_line, padded, short};
use crate::phrase;
use anstyle::Style;
use std::io::{BufWriter, Write};
use variorum_model::{Incident, Verdict};

pub(crate) fn incidents(args: &IncidentsArgs) -> anyhow::Result<Outcome> {
    let ledger = open(&args.ledger)?;
    if args.format == IncidentFormat::Table {
        let mut page = Page::new();
        let columns = Columns::of(page.width());
        columns.head(&mut page);
        for incident in ledger.incidents() {
            columns.row(&mut page, &incident?);
        }
        page.print()?;
        return Ok(Outcome::Done);
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (open, between, close) = match args.format {
        IncidentFormat::Json => ("[\n", ",\n", "\n]\n"),
        _ => ("", "\n", ""),
    };
    out.write_all(open.as_bytes())?;
    let mut n = 0;
    for incident in ledger.incidents() {
        if n > 0 {
            out.write_all(between.as_bytes())?;
        }
        let mut incident = incident?;
        incident.part_of = ledger.part_of(&incident)?;
        serde_json::to_writer(&mut out, &incident)?;
        n += 1;
    }
    let end = if args.format == IncidentFormat::Jsonl && n > 0 { "\n" } else { close };
    out.write_all(end.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// Widths of the columns that give way to the terminal's.
pub(crate) struct Columns {
    place: usize,
    toll: usize,
}

const ID: usize = 8;
const DAY: usize = 11;
const KIND: usize = 18;
const COUNTS: usize = 9;

impl Columns {
    pub(crate) fn of(width: usize) -> Self {
        let rest = width.saturating_sub(ID + DAY + KIND + COUNTS + 10);
        let place = (rest * 2 / 5).clamp(8, 30);
        Columns { place, toll: rest.saturating_sub(place + 8).clamp(8, 50) }
    }

    fn head(&self, page: &mut Page) {
        let cell = |words: &str, width: usize| padded(words, width + 1);
        page.line(&[
            (FAINT, &cell("id", ID)),
            (FAINT, &cell("date", DAY - 1)),
            (FAINT, &cell("type", KIND)),
            (FAINT, &cell("place", self.place)),
            (FAINT, &cell("toll", self.toll)),
            (FAINT, &cell("rep/orig", COUNTS)),
            (FAINT, "disputed"),
        ]);
    }

    /// One incident.
    pub(crate) fn row(&self, page: &mut Page, incident: &Incident) {
        let cell = |words: &str, width: usize| padded(&fitted(&one_line(words), width), width + 1);
        let day = incident.time.earliest.as_deref().map_or("undated".to_owned(), |first| match &incident.time.latest {
            Some(last) if last != first => format!("{first}+"),
            _ => first.to_owned(),
        });
        let counts = format!("{}/{}", incident.reports.len(), incident.origins);
        let disputed = disputed(incident);
        page.line(&[
            (FAINT, &cell(short(&incident.id), ID)),
            (NUMBER, &cell(&day, DAY - 1)),
            (STRONG, &cell(&incident.event_type, KIND)),
            (Style::new(), &cell(&phrase::incident_place(&incident.place), self.place)),
            (NUMBER, &cell(&toll(incident), self.toll)),
            (Style::new(), &cell(&counts, COUNTS)),
            (ALERT, &disputed),
        ]);
    }
}

/// The first figures of an incident, in few words.
pub(crate) fn toll(incident: &Incident) -> String {
    let figures = incident.figures.iter().map(|f| format!("{} {}", phrase::range(f), phrase::counted(f)));
    figures.collect::<Vec<_>>().join("; ")
}

/// What about it is contradicted.
fn disputed(incident: &Incident) -> String {
    let contradictions = incident.disagreements.iter().filter(|d| d.verdict == Verdict::Contradiction);
    let mut kinds: Vec<String> = contradictions.map(|d| phrase::name_of(d.kind)).collect();
    kinds.sort();
    kinds.dedup();
    kinds.join(", ")
}
