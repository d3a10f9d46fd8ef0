//! Incidents as one page that needs nothing else: no server, no script, no network. It opens from disk and prints.
use crate::selection::Selection;
use crate::tables::name_of;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use variorum_ledger::Action;
use variorum_model::{
    Bound, Claim, Disagreement, FigureRange, Incident, Observation, Polarity, Precision, Report, Stance, Verdict,
};

const STYLE: &str = include_str!("dossier.css");
/// Nothing is loaded, nothing runs: also where a browser opens the file from disk.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";
/// How accounts name a publisher that speaks itself.
pub(crate) const OWN_VOICE: &str = "publisher: ";

/// The page. All words of reports are text, never markup; marks that turn the direction of writing are shown.
pub fn dossier(selection: &Selection, title: &str) -> String {
    let several = selection.incidents.len() > 1;
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            (head(title, ""))
            body {
                @if several {
                    header { h1 { bdi { (shown(title)) } } }
                    nav { ol { @for incident in &selection.incidents {
                        li { a href={ "#" (incident.id) } { bdi { (shown(&incident.title)) } } " " span.soft { (days(&incident.time.earliest, &incident.time.latest)) } }
                    } } }
                }
                @for incident in &selection.incidents { (one(selection, incident)) }
                footer { p.soft { "Made with Variorum " (env!("CARGO_PKG_VERSION")) ". Each sentence in quotation marks stands word for word in the report that is named beside it. What is not known is left unknown." } }
            }
        }
    };
    page.into_string()
}

/// The head of a page that needs nothing else; `more` is style beside the common one.
pub(crate) fn head(title: &str, more: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(POLICY);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="generator" content={ "Variorum " (env!("CARGO_PKG_VERSION")) };
            title { (shown(title)) }
            style { (PreEscaped(STYLE)) (PreEscaped(more)) }
        }
    }
}

fn one(selection: &Selection, incident: &Incident) -> Markup {
    let place = &incident.place;
    html! {
        article id=(incident.id) {
            p.kind { (plain(&incident.event_type)) @if incident.state_of_affairs { ", a lasting state" } @if incident.campaign { ", many told as one" } }
            h1 { bdi { (shown(&incident.title)) } }
            dl {
                dt { "When" } dd { (days(&incident.time.earliest, &incident.time.latest)) }
                dt { "Where" } dd {
                    @if place.name.is_empty() { "no place" } @else { bdi { (shown(&place.name)) } }
                    span.soft { " " (plain(&name_of(place.precision)))
                        @if let (Some(lat), Some(lon)) = (place.lat, place.lon) { ", " (format!("{lat:.4}, {lon:.4}")) } }
                }
                dt { "Who" } dd { @if incident.actors.is_empty() { span.soft { "no claim says" } } @else { bdi { (shown(&incident.actors.join(", "))) } } }
                dt { "Told by" } dd { (plural(incident.reports.len(), "report")) ", " (publishers(incident.publishers)) ", " strong { (plural(incident.origins, "independent origin")) } }
            }
            @if !incident.figures.is_empty() {
                h2 { "Figures, by who gives them" }
                @for range in &incident.figures { (figure(selection, range)) }
            }
            @if !incident.disagreements.is_empty() {
                h2 { "What is disputed, and why" }
                @for d in &incident.disagreements { (dispute(selection, d)) }
            }
            h2 { "Accounts" }
            @for account in &incident.accounts {
                section {
                    @let own = account.source.strip_prefix(OWN_VOICE);
                    h3 { bdi { (shown(own.unwrap_or(&account.source))) } " " span.soft { @if own.is_some() { "in its own voice" } @else { "is credited" } } }
                    @for claim in account.claims.iter().filter_map(|id| selection.claims.get(id)) { (told(selection, claim)) }
                }
            }
            h2 { (plural(incident.reports.len(), "report")) ", " (plural(incident.origins, "origin")) }
            @for origin in &incident.origin_list {
                section {
                    p { bdi { (shown(&origin.reason)) } }
                    ul { @for id in &origin.reports { li { (cited(selection.reports.get(id), id)) } } }
                }
            }
            @let claims = &incident.claims;
            @for note in &selection.notes {
                @if let Action::Note { about, text } = &note.action {
                    @if *about == incident.id || claims.contains(about) {
                        p.note { "Note by " bdi { (shown(&note.author)) } ", " (note.at.get(..10).unwrap_or_default()) ": " bdi { (shown(text)) } }
                    }
                }
            }
        }
    }
}

fn figure(selection: &Selection, range: &FigureRange) -> Markup {
    let number = |n: Option<f64>| n.map_or("–".to_owned(), |n| n.to_string());
    let mut counted = plain(&range.measure);
    if range.category != "people" && !range.category.is_empty() {
        counted += &format!(", {}", plain(&range.category));
    }
    if !range.side.is_empty() {
        counted += &format!(" ({})", range.side);
    }
    html! {
        table {
            caption { strong { bdi { (shown(&counted)) } } @if range.best.is_some() { span.soft { " " (range.policy) ": low " (number(range.low)) ", best " (number(range.best)) ", high " (number(range.high)) } } }
            thead { tr { th scope="col" { "Who" } th scope="col" { "As of" } th scope="col" { "Number" } th scope="col" { "Words" } } }
            tbody { @for o in &range.observations {
                @let claim = selection.claims.get(&o.claim);
                tr {
                    td { bdi { @if o.sources.is_empty() { (publisher(selection, claim)) } @else { (shown(&o.sources.join(" → "))) } } }
                    td { (o.as_of.as_deref().or(o.published.as_deref()).unwrap_or("undated")) }
                    td.number { (bounded(o)) }
                    td { @if let Some(claim) = claim { q { bdi { (shown(&claim.quote)) } } " " span.soft { (cited(selection.reports.get(&claim.report), &claim.report)) } } }
                }
            } }
        }
    }
}

fn dispute(selection: &Selection, d: &Disagreement) -> Markup {
    html! {
        section.dispute {
            p { span.chip.hard[d.verdict == Verdict::Contradiction] { (name_of(d.verdict)) } " " span.soft { (name_of(d.kind)) } " " bdi { (shown(&d.reason)) } }
            @for side in &d.sides {
                div.side { @for claim in side.claims.iter().filter_map(|id| selection.claims.get(id)) { (told(selection, claim)) } }
            }
        }
    }
}

/// A claim's words with who says them, where.
fn told(selection: &Selection, claim: &Claim) -> Markup {
    let voices: Vec<&str> = claim.sources.iter().map(|s| s.name.as_str()).collect();
    let mut marks = vec![plain(&claim.event.kind)];
    if claim.stance != Stance::Assert {
        marks.push(name_of(claim.stance));
    }
    if claim.polarity != Polarity::Happened {
        marks.push(plain(&name_of(claim.polarity)));
    }
    if claim.background {
        marks.push("background".to_owned());
    }
    let judged: Vec<String> = claim.judgements.iter().map(|j| format!("{} by {}", j.kind, j.author)).collect();
    let place = claim.places.first().filter(|p| p.precision != Precision::Unlocated || !p.name.is_empty());
    html! {
        div.claim {
            blockquote { q { bdi { (shown(&claim.quote)) } } }
            p.soft {
                bdi { @if voices.is_empty() { (publisher(selection, Some(claim))) " itself" } @else { (shown(&voices.join(" → "))) } }
                ", " (cited(selection.reports.get(&claim.report), &claim.report))
                " · " (marks.join(", "))
                @if claim.time.earliest.is_some() || claim.time.latest.is_some() { " · " (days(&claim.time.earliest, &claim.time.latest)) }
                @if let Some(place) = place { " · " bdi { (shown(&place.name)) } }
                @if !judged.is_empty() { " · " bdi { (shown(&judged.join(", "))) } }
            }
        }
    }
}

fn publisher(selection: &Selection, claim: Option<&Claim>) -> String {
    let report = claim.and_then(|c| selection.reports.get(&c.report));
    let name = report.map(|r| if r.publisher.is_empty() { &r.id } else { &r.publisher });
    name.map_or("the report".to_owned(), |name| shown(name))
}

/// Outlet, day, headline and address.
fn cited(report: Option<&Report>, id: &str) -> Markup {
    let Some(report) = report else { return html! { bdi { (shown(id)) } } };
    let outlet = if report.publisher.is_empty() { &report.id } else { &report.publisher };
    let web = report.url.starts_with("https://") || report.url.starts_with("http://");
    let title = if report.title.is_empty() { &report.id } else { &report.title };
    html! {
        bdi { (shown(outlet)) } ", " (report.published.earliest.as_deref().unwrap_or("undated")) ": "
        @if web { a href=(report.url) rel="noopener noreferrer" { bdi { (shown(title)) } } } @else { cite { bdi { (shown(title)) } } }
    }
}

/// Marks that turn the direction of writing, and other controls, are shown and not obeyed.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.extend(c.escape_unicode()),
            c if c.is_control() && !c.is_whitespace() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

pub(crate) fn plain(word: &str) -> String {
    word.replace('-', " ")
}

fn publishers(n: usize) -> String {
    if n == 0 { "publishers unknown".to_owned() } else { plural(n, "publisher") }
}

pub(crate) fn plural(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

pub(crate) fn days(earliest: &Option<String>, latest: &Option<String>) -> String {
    match (earliest, latest) {
        (Some(first), Some(last)) if first == last => first.clone(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("since {first}"),
        (None, Some(last)) => format!("until {last}"),
        (None, None) => "undated".to_owned(),
    }
}

pub(crate) fn bounded(o: &Observation) -> String {
    let or = |other: Option<f64>| o.value.or(other).map_or("some".to_owned(), |n| n.to_string());
    match o.bound {
        Bound::Exactly => or(o.min),
        Bound::AtLeast => format!("at least {}", or(o.min)),
        Bound::AtMost => format!("at most {}", or(o.max)),
        Bound::About => format!("about {}", or(o.min)),
        Bound::Range | Bound::Vague => match (o.min, o.max) {
            (Some(min), Some(max)) if min != max => format!("{min} to {max}"),
            (Some(min), None) if o.value.is_none() => format!("{min} or more"),
            (None, Some(max)) if o.value.is_none() => format!("up to {max}"),
            _ => or(o.min),
        },
    }
}
