//! `/api/v1/queue`: what nobody has reviewed, what matters most first.
use super::extract::Query;
use super::paging::Paging;
use super::{Failed, Room, blocking};
use crate::overview::{FigureOutline, IncidentOutline, Listed};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// One page of the queue.
#[derive(Serialize, ToSchema)]
pub(crate) struct Queue {
    /// Incidents of which no claim has been judged, the weightiest first.
    items: Vec<Queued>,
    /// How many there are on all pages.
    total: usize,
    /// Opens the next page; absent on the last.
    next: Option<String>,
}

/// An incident that waits, and why.
#[derive(Serialize, ToSchema)]
pub(crate) struct Queued {
    incident: IncidentOutline,
    /// What makes it matter, the weightiest first; none where nothing stands out.
    reasons: Vec<Reason>,
    /// Sum of the reasons' weights.
    weight: f64,
}

/// Why an incident should be looked at.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Reason {
    /// disputed, toll, confidence, undated, unlocated, one origin.
    kind: &'static str,
    /// In words: "up to 21 killed".
    words: String,
    /// How much it weighs.
    pub(crate) weight: f64,
}

/// What waits for review, what matters most first: contradictions (30, and 2 for each up to ten), deaths (10 for each
/// power of ten), claims of a kind that is often misread (up to 20), no date (12), no place (10), a toll of ten or more
/// that rests on one origin (5).
#[utoipa::path(
    get, path = "/api/v1/queue", tag = "review",
    params(("limit" = Option<u32>, Query, description = "1 to 1000; 100 by default"), ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, body = Queue), (status = 400, body = super::Problem))
)]
pub(crate) async fn queue(State(room): State<Room>, Query(paging): Query<Paging>) -> Result<Json<Queue>, Failed> {
    let shelf = Arc::clone(&room.shelf);
    let overview = blocking(move || shelf.overview().map_err(Failed::from)).await?;
    let waiting = overview.by_weight().iter().filter(|i| i.outline.reviewed == 0);
    let all: Vec<&Arc<Listed>> = waiting.collect();
    let total = all.len();
    let (page, next) = paging.cut(all, |listed| &listed.outline.id)?;
    let queued = |listed: &Arc<Listed>| Queued {
        reasons: reasons(&listed.outline),
        incident: listed.outline.clone(),
        weight: listed.weight,
    };
    Ok(Json(Queue { items: page.into_iter().map(queued).collect(), total, next }))
}

/// Confidence under which a claim is worth a look.
const UNSURE: f64 = 0.7;

/// Why an incident should be looked at, the weightiest reason first.
pub(crate) fn reasons(incident: &IncidentOutline) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut add = |kind, weight, words| reasons.push(Reason { kind, words, weight });
    let n = incident.contradictions;
    if n > 0 {
        let s = if n == 1 { "" } else { "s" };
        add("disputed", 30.0 + 2.0 * n.min(10) as f64, format!("{n} contradiction{s} between the accounts"));
    }
    let toll = deaths(incident);
    if let Some(killed) = toll {
        add("toll", 10.0 * (1.0 + killed).log10(), format!("up to {killed} killed"));
    }
    if let Some(share) = incident.confidence.filter(|c| *c < UNSURE) {
        let words = format!("a claim of a kind that is read right in {:.0} of 100 cases", share * 100.0);
        add("confidence", 20.0 * (1.0 - share), words);
    }
    if incident.time.earliest.is_none() && incident.time.latest.is_none() {
        add("undated", 12.0, "no claim that is dated".to_owned());
    }
    if incident.place.lat.is_none() {
        let name = &incident.place.name;
        let words = if name.is_empty() { "no place".to_owned() } else { format!("{name} is not in the gazetteer") };
        add("unlocated", 10.0, words);
    }
    if incident.origins == 1 && toll.is_some_and(|killed| killed >= 10.0) {
        add("one origin", 5.0, "the toll rests on one origin".to_owned());
    }
    reasons.sort_by(|l: &Reason, r| r.weight.total_cmp(&l.weight));
    reasons
}

/// Highest number of killed that anybody gives; nobody's death is no reason.
fn deaths(incident: &IncidentOutline) -> Option<f64> {
    let highest = |f: &FigureOutline| f.max.or(f.min);
    let tolls = incident.figures.iter().filter(|f| f.measure == "killed").filter_map(highest);
    tolls.max_by(f64::total_cmp).filter(|killed| *killed > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(incident: &IncidentOutline) -> Vec<String> {
        reasons(incident).into_iter().map(|r| format!("{:.1} {}", r.weight, r.words)).collect()
    }

    #[test]
    fn reasons_are_said_in_words_the_weightiest_first() {
        let figure = |measure: &str, max| FigureOutline {
            measure: measure.into(),
            category: "people".into(),
            side: String::new(),
            min: Some(1.0),
            max: Some(max),
            observations: 2,
        };
        let mut incident = IncidentOutline {
            contradictions: 2,
            figures: vec![figure("killed", 99.0), figure("wounded", 5000.0)],
            confidence: Some(0.45),
            origins: 1,
            ..IncidentOutline::default()
        };
        assert_eq!(
            words(&incident),
            [
                "34.0 2 contradictions between the accounts",
                "20.0 up to 99 killed",
                "12.0 no claim that is dated",
                "11.0 a claim of a kind that is read right in 45 of 100 cases",
                "10.0 no place",
                "5.0 the toll rests on one origin",
            ]
        );
        incident.place.name = "Sorrivo".into();
        assert!(words(&incident).contains(&"10.0 Sorrivo is not in the gazetteer".to_owned()));
        let plain = IncidentOutline { confidence: Some(0.9), origins: 1, ..IncidentOutline::default() };
        assert_eq!(words(&plain), ["12.0 no claim that is dated", "10.0 no place"], "sure enough, and nobody died");
    }
}
