//! What an input says of a report, put together with what its text says.
use crate::failure::FailureKind;
use crate::options::Options;
use crate::{language, layout, published};
use variorum_model::{Basis, Diagnostic, Published, Report, ReportInput};

/// Makes a report of a JSON record.
pub(crate) fn from_input(
    input: ReportInput,
    default_id: impl FnOnce() -> String,
    options: &Options,
) -> Result<Report, FailureKind> {
    let text = input.text.unwrap_or_default();
    if text.trim().is_empty() {
        return Err(match input.html {
            Some(_) => FailureKind::UnsupportedFormat("a page in the field \"html\"".to_owned()),
            None => FailureKind::NoText,
        });
    }
    let mut report = Report {
        id: input.id.filter(|id| !id.is_empty()).unwrap_or_else(default_id),
        title: input.title.unwrap_or_default(),
        publisher: input.publisher.unwrap_or_default(),
        url: input.url.unwrap_or_default(),
        language: input.language.unwrap_or_default(),
        text,
        ..Report::default()
    };
    if let Some(value) = input.published.filter(|v| !v.trim().is_empty()) {
        match published::parse(&value).or_else(|| published::parse_interval(&value)) {
            Some(published) => report.published = published,
            None => {
                let message = format!("publication date {value:?} is not a day (2023-09-20) or an RFC 3339 instant");
                report.diagnostics.push(Diagnostic { code: "published-unreadable".to_owned(), message });
            }
        }
    }
    complete(&mut report, options);
    Ok(report)
}

/// Fills what the input left open: language, articles, junk, title, dates.
pub(crate) fn complete(report: &mut Report, options: &Options) {
    language::identify(report);
    layout::lay_out(report);
    if report.published.basis == Basis::Unknown && report.published.earliest.is_none() {
        report.published = layout::date_in_url(&report.url).unwrap_or_default();
    }
    if let [article] = &mut report.articles[..] {
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

fn is_unknown(published: &Published) -> bool {
    published.value.is_none() && published.earliest.is_none()
}
