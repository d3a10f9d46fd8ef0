//! What follows from judgements: reports read anew, incidents made anew, and what is said of it.
use crate::Outcome;
use crate::args::RegisterArgs;
use crate::extractor::extractor;
use crate::failures::plural;
use crate::page::{ALERT, FAINT, Page, STRONG, short};
use crate::phrase;
use anstyle::Style;
use serde_json::Value;
use variorum_ledger::{Action, Judgement, Ledger, State};
use variorum_model::Figure;

/// Reads anew what has another date now, links, and says what came of it.
pub(crate) fn settle(ledger: &mut Ledger, register: &RegisterArgs, made: &[Judgement]) -> anyhow::Result<Outcome> {
    let n_reread = if ledger.undated()?.is_empty() {
        0
    } else {
        let extractor = extractor(register)?;
        ledger.redate(|report| extractor.analyze(report))?
    };
    let relinked = ledger.relink()?;
    let mut page = Page::new();
    let standings = ledger.standings()?;
    for judgement in made {
        let words = format!("{} {}", judgement.action.kind(), object(&judgement.action));
        page.line(&[(FAINT, short(&judgement.id)), (Style::new(), "  "), (STRONG, &words)]);
        let outweighed = standings.iter().filter(|s| s.state == State::Outweighed { by: judgement.id.clone() });
        for other in outweighed {
            let who = format!("{} by {}", short(&other.judgement.id), other.judgement.author);
            page.paragraph(2, (ALERT, "outweighs"), Style::new(), &who);
        }
    }
    let counts = [
        (n_reread, "report", "read anew"),
        (relinked.created.len(), "incident", "created"),
        (relinked.changed.len(), "incident", "revised"),
        (relinked.removed.len(), "incident", "removed"),
    ];
    let said: Vec<String> =
        counts.iter().filter(|(n, ..)| *n > 0).map(|(n, what, how)| format!("{} {how}", plural(*n, what))).collect();
    let said = if said.is_empty() { "no incident changed".to_owned() } else { said.join(", ") };
    page.line(&[(Style::new(), &said)]);
    page.print()?;
    Ok(Outcome::Done)
}

/// What a judgement says, in words.
pub(crate) fn object(action: &Action) -> String {
    let list = |ids: &[String]| match ids {
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            format!("{}, {}, {} and {} more", short(first), short(second), short(third), rest.len())
        }
        _ => ids.iter().map(|id| short(id)).collect::<Vec<_>>().join(", "),
    };
    match action {
        Action::Accept { claim } | Action::Reject { claim } => short(claim).to_owned(),
        Action::Correct { claim, field, value } => format!("{} {field} to {}", short(claim), in_words(value)),
        Action::Merge { claims } => list(claims),
        Action::Split { claims, from } => format!("{} from {}", list(claims), list(from)),
        Action::Move { claim, to } => format!("{} to {}", short(claim), short(to)),
        Action::Duplicate { report, of } => format!("{report} of {of}"),
        Action::Date { report, published } => format!("{report} to {published}"),
        Action::Place { report, place } => format!("{report} at {}", phrase::claim_place(place)),
        Action::Note { about, text } => format!("{about}: {text}"),
        Action::Undo { judgement } => short(judgement).to_owned(),
        _ => String::new(),
    }
}

/// What a correction puts in a field: names of named things, a figure's number, a day; other values as JSON.
fn in_words(value: &Value) -> String {
    let names = |list: &[Value]| list.iter().map(|v| v["name"].as_str().map(str::to_owned)).collect::<Option<Vec<_>>>();
    match value {
        Value::String(words) => words.clone(),
        Value::Array(list) if names(list).is_some_and(|n| !n.is_empty()) => names(list).unwrap_or_default().join("; "),
        Value::Object(fields) if fields.contains_key("measure") => {
            let figure = serde_json::from_value::<Figure>(value.clone()).unwrap_or_default();
            let number = phrase::bounded(figure.bound, figure.value, figure.min, figure.max);
            format!("{number} {} {}", figure.measure, figure.category)
        }
        Value::Object(fields) if fields.contains_key("earliest") => {
            fields["value"].as_str().unwrap_or("no known day").to_owned()
        }
        other => other.to_string(),
    }
}
