//! What an input says of a report, put together with what its text says.
use crate::failure::FailureKind;
use crate::html::{self, Page};
use crate::layout::Known;
use crate::options::Options;
use crate::{language, layout, published};
use variorum_model::{Article, Basis, Diagnostic, Published, Report, ReportInput};

/// Makes a report of a JSON record.
pub(crate) fn from_input(
    input: ReportInput,
    default_id: impl FnOnce() -> String,
    options: &Options,
) -> Result<Report, FailureKind> {
    let mut text = input.text.unwrap_or_default();
    let mut page = None;
    if text.trim().is_empty() {
        let html = input.html.filter(|h| !h.trim().is_empty()).ok_or(FailureKind::NoText)?;
        let mut read = html::read(&html, input.url.as_deref().unwrap_or_default(), options)?;
        text = std::mem::take(&mut read.text);
        page = Some(read);
    }
    let mut report = Report {
        id: input.id.filter(|id| !id.is_empty()).unwrap_or_else(default_id),
        title: input.title.unwrap_or_default(),
        publisher: input.publisher.unwrap_or_default(),
        byline: input.byline.unwrap_or_default(),
        url: input.url.unwrap_or_default(),
        language: input.language.unwrap_or_default(),
        text,
        ..Report::default()
    };
    if let Some(value) = input.published.filter(|v| !v.trim().is_empty()) {
        match published::parse(&value)
            .or_else(|| published::parse_interval(&value))
            .or_else(|| published::lenient(&value, Basis::Metadata))
        {
            Some(published) => report.published = published,
            None => {
                let message = format!("publication date {value:?} is not a day (2023-09-20) or an RFC 3339 instant");
                report.diagnostics.push(Diagnostic { code: "published-unreadable".to_owned(), message });
            }
        }
    }
    complete(&mut report, page, options);
    Ok(report)
}

/// Makes a report of a page found at an address, or at none.
pub(crate) fn from_page(
    html: &str,
    address: &str,
    id: impl FnOnce(&str) -> String,
    options: &Options,
) -> Result<Report, FailureKind> {
    let mut page = html::read(html, address, options)?;
    let text = std::mem::take(&mut page.text);
    let mut report = Report { id: id(&text), text, ..Report::default() };
    complete(&mut report, Some(page), options);
    Ok(report)
}

/// What a page says of itself, where the input says nothing.
fn take_page(report: &mut Report, page: Page) -> Known {
    let about = page.about;
    for (field, said) in [
        (&mut report.title, about.title),
        (&mut report.byline, about.byline),
        (&mut report.publisher, about.publisher),
        (&mut report.language, about.language),
    ] {
        if field.is_empty() {
            *field = said;
        }
    }
    if !about.url.is_empty() {
        report.url = about.url;
    }
    if is_unknown(&report.published) {
        report.published = about.published.unwrap_or_default();
    }
    report.updated = about.updated.and_then(|u| u.value);
    report.diagnostics.extend(page.diagnostics);
    let entry = |e: html::Entry| Article { span: e.span, title: e.title, published: e.published.unwrap_or_default() };
    Known { junk: page.junk, is_page: true, entries: page.entries.into_iter().map(entry).collect() }
}

/// Fills what the input left open: language, articles, junk, title, dates.
pub(crate) fn complete(report: &mut Report, page: Option<Page>, options: &Options) {
    let known = page.map(|page| take_page(report, page)).unwrap_or_default();
    language::identify(report);
    layout::lay_out(report, known);
    if report.published.basis == Basis::Unknown && report.published.earliest.is_none() {
        report.published = layout::date_in_url(&report.url).unwrap_or_default();
    }
    if let [article] = &mut report.articles[..] {
        if let Some((taken, message)) = contradiction(&report.text, &report.published, &article.published) {
            report.diagnostics.push(Diagnostic { code: "published-contradicted".to_owned(), message });
            report.published = taken;
        }
        if is_unknown(&report.published) {
            report.published = article.published.clone();
        }
        if is_unknown(&report.published) {
            report.published = options.published.clone().unwrap_or_default();
        }
        article.published = report.published.clone();
    } else if is_unknown(&report.published) {
        report.published = options.published.clone().unwrap_or_default();
    }
    if report.publisher.is_empty() {
        report.publisher = layout::host(&report.url).unwrap_or_default().to_owned();
    }
}

/// Days by which a date that came with the input may follow the one that the text bears: beyond them it is when the page was
/// collected.
const COLLECTED_WITHIN: i32 = 3;

/// Days by which a report may come before its own publication line: an ocean lies between their clocks. A day that stands alone
/// above a report more than a month after the input's may be the one on which the page was fetched.
const AHEAD_WITHIN: i32 = 1;
const AHEAD_AT_MOST: i32 = 31;

/// What is known of the publication where the input dates a report long after the day on its own publication line, or before it,
/// and what to say of it.
fn contradiction(text: &str, given: &Published, on_page: &Published) -> Option<(Published, String)> {
    if given.basis != Basis::Metadata || on_page.basis != Basis::Page {
        return None;
    }
    let day = |text: &Option<String>| text.as_ref()?.get(..10)?.parse::<jiff::civil::Date>().ok();
    let (first, own) = (day(&given.earliest)?, day(&on_page.value)?);
    let after = (first - own).get_days();
    let said = format!("the input says {first}, the text's own publication line {own}");
    if after < -AHEAD_AT_MOST && layout::stands_alone(text, on_page) {
        let open = Published { value: None, latest: on_page.latest.clone(), ..given.clone() };
        return Some((open, format!("{said}, long after it; the day stays open until `variorum date` sets it")));
    }
    let contradicts = !(-AHEAD_WITHIN..=COLLECTED_WITHIN).contains(&after);
    contradicts.then(|| (on_page.clone(), format!("{said}; {own} is taken")))
}

fn is_unknown(published: &Published) -> bool {
    published.value.is_none() && published.earliest.is_none()
}
