//! Orders of the list of incidents.
use crate::overview::IncidentOutline;
use std::cmp::Ordering;

/// Order of the list. Incidents that lack the value come last; ties go by id.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Latest first.
    #[default]
    Latest,
    /// Earliest first.
    Earliest,
    /// Most killed first.
    Toll,
    /// Most reports first.
    Reports,
    /// Most origins first.
    Origins,
    /// Most contradictions first.
    Disputes,
    /// By title.
    Title,
}

/// All of them, by the name that the API gives them.
pub(crate) const SORTS: [(&str, Sort); 7] = [
    ("latest", Sort::Latest),
    ("earliest", Sort::Earliest),
    ("toll", Sort::Toll),
    ("reports", Sort::Reports),
    ("origins", Sort::Origins),
    ("disputes", Sort::Disputes),
    ("title", Sort::Title),
];

impl Sort {
    /// Which comes first.
    pub(crate) fn compare(self, l: &IncidentOutline, r: &IncidentOutline) -> Ordering {
        fn most<T: PartialOrd>(l: T, r: T) -> Ordering {
            r.partial_cmp(&l).unwrap_or(Ordering::Equal)
        }
        match self {
            Sort::Latest => most(&l.time.latest, &r.time.latest).then_with(|| most(&l.time.earliest, &r.time.earliest)),
            Sort::Earliest => {
                let is_undated = |i: &IncidentOutline| i.time.earliest.is_none();
                is_undated(l).cmp(&is_undated(r)).then_with(|| l.time.earliest.cmp(&r.time.earliest))
            }
            Sort::Toll => most(killed(l), killed(r)),
            Sort::Reports => most(l.reports, r.reports),
            Sort::Origins => most(l.origins, r.origins),
            Sort::Disputes => most((l.contradictions, l.reports), (r.contradictions, r.reports)),
            Sort::Title => l.title.cmp(&r.title),
        }
    }
}

/// Highest number of killed that anybody gives.
fn killed(incident: &IncidentOutline) -> Option<f64> {
    let tolls = incident.figures.iter().filter(|f| f.measure == "killed").filter_map(|f| f.max.or(f.min));
    tolls.max_by(f64::total_cmp)
}
