//! Readings made for tests of linkage.
use variorum_link::{Linker, Reading};
use variorum_model::*;

fn named(names: &[&str]) -> Vec<Named> {
    names.iter().map(|name| Named { name: (*name).into(), span: Span::default() }).collect()
}

/// A claim on the words of `text` from `from` to the end of the sentence.
pub fn claim(text: &str, from: &str, kind: &str, day: Option<&str>, targets: &[&str]) -> Claim {
    let start = text.find(from).unwrap();
    let end = start + text[start..].find(['.', ',']).unwrap_or(text.len() - start);
    let day = day.map(str::to_owned);
    let precision = if day.is_some() { TimePrecision::Day } else { TimePrecision::Unknown };
    Claim {
        quote: text[start..end].into(),
        span: Span::new(start, end),
        event: Event { kind: kind.into(), ..Event::default() },
        targets: named(targets),
        time: ClaimTime { value: day.clone(), earliest: day.clone(), latest: day, precision, ..ClaimTime::default() },
        ..Claim::default()
    }
}

pub fn reading(id: &str, text: &str, published: &str, claims: Vec<Claim>) -> Reading {
    let day = Some(published.to_owned());
    let published = Published { value: day.clone(), earliest: day.clone(), latest: day, basis: Basis::Metadata };
    let article = Article { span: Span::new(0, text.len()), published: published.clone(), ..Article::default() };
    let report = Report { id: id.into(), text: text.into(), published, articles: vec![article], ..Report::default() };
    Reading { report, claims }
}

/// Whether the two reports tell of one happening.
#[allow(dead_code, reason = "specifications of a single report have no use for it")]
pub fn meet(l: &Reading, r: &Reading) -> bool {
    let linker = Linker::load().unwrap();
    let incidents = linker.link(&[l.clone(), r.clone()]);
    incidents.iter().any(|i| i.reports.len() == 2)
}
