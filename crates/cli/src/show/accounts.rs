//! Who says what, one line an account: its numbers, whom it blames, what it denies, and what nobody else says.
use crate::page::{FAINT, Page, STRONG};
use crate::phrase;
use anstyle::Style;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use variorum_link::standing;
use variorum_model::{Claim, Incident, Polarity, Stance};

/// Names and kinds that a line gives before it stops.
const MOST: usize = 4;

/// Puts the table on the page.
pub(super) fn table(page: &mut Page, incident: &Incident, claims: &HashMap<&str, &Claim>) {
    let mut told_by: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (n, account) in incident.accounts.iter().enumerate() {
        for claim in account.claims.iter().filter_map(|id| claims.get(id.as_str())).filter(|c| !c.background) {
            told_by.entry(claim.event.kind.as_str()).or_default().insert(n);
        }
    }
    for (n, account) in incident.accounts.iter().enumerate() {
        let own: Vec<&Claim> = account.claims.iter().filter_map(|id| claims.get(id.as_str()).copied()).collect();
        let mut says: Vec<String> = numbers(incident, &account.claims);
        let names = |stance: Stance| -> BTreeSet<String> {
            let told = own.iter().filter(|c| c.stance == stance);
            told.flat_map(|c| c.actors.iter().map(|a| a.name.clone())).collect()
        };
        let accused = names(Stance::Accuse);
        if !accused.is_empty() {
            says.push(format!("accuses {}", few(accused)));
        }
        let denied =
            |c: &&&Claim| c.stance == Stance::Deny || (c.polarity == Polarity::DidNotHappen && !c.sources.is_empty());
        let denied: BTreeSet<String> = own.iter().filter(denied).map(|c| c.event.kind.replace('-', " ")).collect();
        if !denied.is_empty() {
            says.push(format!("denies {}", few(denied)));
        }
        let alone: BTreeSet<String> = told_by
            .iter()
            .filter(|(_, by)| incident.accounts.len() > 1 && by.len() == 1 && by.contains(&n))
            .map(|(kind, _)| kind.replace('-', " "))
            .collect();
        if !alone.is_empty() {
            says.push(format!("alone speaks of {}", few(alone)));
        }
        let style = if says.is_empty() { FAINT } else { Style::new() };
        let says = if says.is_empty() { "no number, no blame, no denial".to_owned() } else { says.join("; ") };
        page.paragraph(2, (STRONG, &format!("{}:", account.source)), style, &says);
    }
}

/// The numbers that an account stands by.
fn numbers(incident: &Incident, claims: &[String]) -> Vec<String> {
    let mut said = Vec::new();
    for range in &incident.figures {
        let own: Vec<_> = range.observations.iter().filter(|o| claims.contains(&o.claim)).cloned().collect();
        let given: BTreeSet<String> = standing(&own).into_iter().map(|i| phrase::observed(&own[i])).collect();
        if !given.is_empty() {
            said.push(format!("{} {}", phrase::counted(range), few(given)));
        }
    }
    said
}

fn few(names: BTreeSet<String>) -> String {
    let n = names.len();
    let shown: Vec<String> = names.into_iter().take(MOST).collect();
    let more = if n > MOST { format!(" and {} more", n - MOST) } else { String::new() };
    shown.join(", ") + &more
}
