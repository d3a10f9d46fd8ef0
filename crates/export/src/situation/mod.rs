//! A situation report: what is claimed about incidents, told by templates, every sentence with its sources.
//!
//! A sentence is made of claims or not at all: [`Sentence`] is only built with one claim or more, and lists them. Nothing is
//! concluded that no claim says; where numbers differ, each stands with who gives it.
mod told;
mod write;

use crate::selection::Selection;
use std::collections::HashMap;
use variorum_model::{Claim, Incident, Report};

/// A report on some incidents.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation {
    /// What stands above it.
    pub title: String,
    /// Incidents that some claim says have come about or will, by first day; undated ones last.
    pub entries: Vec<Entry>,
    /// What the numbers in brackets mean, from 1.
    pub citations: Vec<Citation>,
}

/// What is told of one incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Id of the incident.
    pub incident: String,
    /// Its days in words.
    pub days: String,
    /// Its place; empty where no claim names one.
    pub place: String,
    /// At least one.
    pub sentences: Vec<Sentence>,
}

/// A sentence that rests on claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    words: String,
    citations: Vec<usize>,
}

impl Sentence {
    /// What it says.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Numbers of the claims that it rests on; never none.
    pub fn citations(&self) -> &[usize] {
        &self.citations
    }
}

/// A claim that is cited: its exact words, who says them, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Id of the claim.
    pub claim: String,
    /// Word for word.
    pub quote: String,
    /// Voices from the outermost to the innermost; the outlet, where it speaks itself.
    pub source: String,
    /// The outlet; the report's id, where it is not known.
    pub outlet: String,
    /// Headline; the report's id, where it has none.
    pub headline: String,
    /// Day of publication; empty where not known.
    pub published: String,
    /// Address of the report where it is one of the web, else empty.
    pub url: String,
}

impl Situation {
    /// Tells of the incidents of a selection. Incidents that are background to the news, or of which all claims were rejected, are
    /// left out.
    pub fn of(selection: &Selection, title: &str) -> Self {
        let mut cited = Cited { selection, numbers: HashMap::new(), citations: Vec::new() };
        let mut incidents: Vec<&Incident> = selection.incidents.iter().collect();
        incidents.sort_by_key(|i| (i.time.earliest.is_none(), &i.time.earliest, &i.time.latest, &i.id));
        let entries = incidents.into_iter().filter_map(|incident| told::entry(&mut cited, incident)).collect();
        Situation { title: title.to_owned(), entries, citations: cited.citations }
    }
}

/// Claims get their numbers as they are first cited.
struct Cited<'s> {
    selection: &'s Selection,
    numbers: HashMap<&'s str, usize>,
    citations: Vec<Citation>,
}

impl<'s> Cited<'s> {
    /// A sentence; none where no claim says so.
    fn sentence(&mut self, words: String, claims: &[&'s Claim]) -> Option<Sentence> {
        let mut citations: Vec<usize> = claims.iter().map(|claim| self.number(claim)).collect();
        citations.sort_unstable();
        citations.dedup();
        (!citations.is_empty()).then_some(Sentence { words, citations })
    }

    fn number(&mut self, claim: &'s Claim) -> usize {
        if let Some(known) = self.numbers.get(claim.id.as_str()) {
            return *known;
        }
        let report = self.report(claim);
        let web = report.filter(|r| r.url.starts_with("https://") || r.url.starts_with("http://"));
        let text =
            |of: fn(&Report) -> &str| report.map(of).filter(|t| !t.is_empty()).unwrap_or(&claim.report).to_owned();
        let outlet = text(|r| &r.publisher);
        let voices: Vec<&str> = claim.sources.iter().map(|s| s.name.as_str()).collect();
        self.citations.push(Citation {
            claim: claim.id.clone(),
            quote: claim.quote.clone(),
            source: if voices.is_empty() { outlet.clone() } else { voices.join(" → ") },
            outlet,
            headline: text(|r| &r.title),
            published: report.and_then(|r| r.published.earliest.clone()).unwrap_or_default(),
            url: web.map(|r| r.url.clone()).unwrap_or_default(),
        });
        self.numbers.insert(&claim.id, self.citations.len());
        self.citations.len()
    }

    fn report(&self, claim: &Claim) -> Option<&'s Report> {
        self.selection.reports.get(&claim.report)
    }

    /// The innermost voice of a claim; the outlet where it speaks itself.
    fn voice(&self, claim: &Claim) -> String {
        let outlet = self.report(claim).map(|r| r.publisher.as_str()).filter(|name| !name.is_empty());
        claim.sources.last().map_or_else(|| outlet.unwrap_or(&claim.report).to_owned(), |source| source.name.clone())
    }
}
