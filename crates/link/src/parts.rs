//! What a happening is part of: the strikes of an offensive, the battles of a war.
//!
//! Parent and part stay two incidents, each with its own claims and figures: the toll of a war is not that of its last battle.
use crate::Linker;
use crate::calendar::{self, Days};
use crate::features::{meet, sorted, stems};
use crate::site::kilometres;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use variorum_model::{Incident, IncidentPlace, PartOf, Precision};

/// How far from the point that stands for it a place of some precision reaches, in km. Of a country it is not asked: there the
/// codes decide.
fn reach(precision: Precision) -> Option<f32> {
    match precision {
        Precision::Exact | Precision::Near => Some(25.0),
        Precision::Admin2 => Some(75.0),
        Precision::Admin1 => Some(200.0),
        Precision::Region => Some(300.0),
        Precision::Country | Precision::Unlocated => None,
    }
}

impl Linker {
    /// Which of these incidents another is part of, and why; none where nothing says so. A whole is a campaign: an offensive, a war.
    /// Both are violence or the taking of ground, a report tells of both, it holds the part's days and its place, is wider in one of them at
    /// least, and where the parties of both are known, they have one in common. Of several wholes it is the narrowest.
    ///
    /// States of affairs (a blockade) are neither: they last beside what happens.
    pub fn part_of<'i>(&self, part: &Incident, wholes: impl IntoIterator<Item = &'i Incident>) -> Option<PartOf> {
        let part = Extent::of(self, part)?;
        let holding = wholes.into_iter().filter_map(|whole| {
            let told = self.tells_of_both(&part, whole)?;
            Some((Extent::of(self, whole).filter(|whole| part.lies_in(whole))?, told))
        });
        let (whole, told) = holding.min_by_key(|(whole, told)| {
            (whole.days.width(), whole.breadth(), Reverse(*told), whole.incident.id.clone())
        })?;
        let reports = if told == 1 { "A report tells".to_owned() } else { format!("{told} reports tell") };
        let (days, place) = (spoken(whole.days), &whole.incident.place.name);
        let parties =
            if part.parties.is_empty() || whole.parties.is_empty() { "" } else { ", and they have a party in common" };
        Some(PartOf {
            incident: whole.incident.id.clone(),
            title: whole.incident.title.clone(),
            reason: format!(
                "{reports} of both; it lies within the days ({days}) and the place ({place}) of the other{parties}."
            ),
        })
    }

    /// How many reports tell of both, where one may be a part of the other at all.
    fn tells_of_both(&self, part: &Extent<'_>, whole: &Incident) -> Option<usize> {
        if !whole.campaign || whole.id == part.incident.id {
            return None;
        }
        let made_of = |incident: &Incident| self.kinds.is_part(self.kinds.kind(&incident.event_type));
        let akin = made_of(part.incident) && made_of(whole);
        let reports: BTreeSet<&String> = part.incident.reports.iter().collect();
        let told = whole.reports.iter().filter(|id| reports.contains(id)).count();
        (akin && told > 0).then_some(told)
    }
}

/// An incident whose days are known.
struct Extent<'i> {
    incident: &'i Incident,
    days: Days,
    point: Option<(f32, f32)>,
    parties: Vec<u32>,
}

impl<'i> Extent<'i> {
    fn of(linker: &Linker, incident: &'i Incident) -> Option<Self> {
        if incident.state_of_affairs {
            return None;
        }
        let day = |day: &Option<String>| calendar::day(day.as_deref()?);
        let days = Days::new(day(&incident.time.earliest)?, day(&incident.time.latest)?);
        let point = incident.place.lat.zip(incident.place.lon).map(|(lat, lon)| (lat as f32, lon as f32));
        let parties = sorted(incident.actors.iter().flat_map(|name| stems(name, &linker.vocabulary)));
        Some(Extent { incident, days, point, parties })
    }

    /// The whole holds the part, and is more than it.
    fn lies_in(&self, whole: &Self) -> bool {
        let in_time = whole.days.first <= self.days.first && self.days.last <= whole.days.last;
        let wider = whole.days.width() > self.days.width()
            || whole.days == self.days && whole.breadth() > self.breadth() && !self.incident.campaign;
        let parties = self.parties.is_empty() || whole.parties.is_empty() || meet(&self.parties, &whole.parties);
        in_time && wider && parties && whole.breadth() >= self.breadth() && self.is_inside(whole)
    }

    /// 0 a spot, 1 a district, 2 a province, 3 a region, 4 a country.
    fn breadth(&self) -> u8 {
        match self.incident.place.precision {
            Precision::Exact | Precision::Near | Precision::Unlocated => 0,
            Precision::Admin2 => 1,
            Precision::Admin1 => 2,
            Precision::Region => 3,
            Precision::Country => 4,
        }
    }

    fn is_inside(&self, whole: &Self) -> bool {
        let (own, its): (&IncidentPlace, &IncidentPlace) = (&self.incident.place, &whole.incident.place);
        if own.name == its.name && own.geonames == its.geonames {
            return !own.name.is_empty();
        }
        match reach(its.precision) {
            Some(km) => self.point.zip(whole.point).is_some_and(|(l, r)| kilometres(l, r) <= km),
            None => own.country.is_some() && own.country == its.country,
        }
    }
}

fn spoken(days: Days) -> String {
    match days.width() {
        1 => calendar::spoken(days.first),
        _ => format!("{} to {}", calendar::spoken(days.first), calendar::spoken(days.last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_model::IncidentTime;

    fn incident(id: &str, kind: &str, days: (&str, &str), place: (&str, f64, Precision)) -> Incident {
        let time =
            IncidentTime { earliest: Some(days.0.into()), latest: Some(days.1.into()), ..IncidentTime::default() };
        let place = IncidentPlace {
            name: place.0.into(),
            lat: Some(place.1),
            lon: Some(20.0),
            precision: place.2,
            country: Some("XO".into()),
            ..IncidentPlace::default()
        };
        let (id, event_type) = (id.to_owned(), kind.to_owned());
        let reports = vec!["post".to_owned()];
        Incident { id, event_type, time, place, reports, ..Incident::default() }
    }

    fn campaign(id: &str, days: (&str, &str), place: (&str, f64, Precision)) -> Incident {
        Incident { campaign: true, actors: vec!["Orian army".into()], ..incident(id, "attack", days, place) }
    }

    const MAY: (&str, &str) = ("2031-05-01", "2031-05-31");
    const DELTA: (&str, f64, Precision) = ("the Delta", 44.0, Precision::Region);
    const ORLEC: (&str, f64, Precision) = ("Orlec", 44.2, Precision::Exact);

    #[test]
    fn a_strike_is_part_of_the_narrowest_campaign_around_it() {
        let linker = Linker::load().unwrap();
        let offensive = campaign("offensive", MAY, DELTA);
        let war = campaign("war", ("2031-01-01", "2031-12-31"), ("Oria", 45.0, Precision::Country));
        let strike = incident("strike", "shelling", ("2031-05-04", "2031-05-04"), ORLEC);
        let whole = |part: &Incident| linker.part_of(part, [&war, &offensive]).map(|p| p.incident);
        assert_eq!(whole(&strike).as_deref(), Some("offensive"));
        assert_eq!(whole(&offensive).as_deref(), Some("war"), "and that of the war");
        assert_eq!(whole(&war), None);
        let told = linker.part_of(&strike, [&offensive]).unwrap();
        assert_eq!(
            told.reason,
            "A report tells of both; it lies within the days (1 May 2031 to 31 May 2031) and the place (the Delta) of the other."
        );
    }

    #[test]
    fn what_lies_outside_or_is_of_others_is_no_part() {
        let linker = Linker::load().unwrap();
        let offensive = campaign("offensive", MAY, DELTA);
        let is_part = |part: Incident| linker.part_of(&part, [&offensive]).is_some();
        let day = ("2031-05-04", "2031-05-04");
        let strike = || incident("strike", "shelling", day, ORLEC);
        assert!(is_part(strike()));
        assert!(!is_part(incident("later", "shelling", ("2031-06-02", "2031-06-02"), ORLEC)));
        assert!(!is_part(incident("elsewhere", "shelling", day, ("Brenna", 49.0, Precision::Exact))));
        assert!(!is_part(incident("talks", "negotiation", day, ORLEC)));
        assert!(!is_part(Incident { reports: vec!["herald".into()], ..strike() }), "no report tells of both");
        assert!(!is_part(Incident { actors: vec!["river pirates".into()], ..strike() }));
        assert!(is_part(Incident { actors: vec!["Oria".into()], ..strike() }));
        assert!(!is_part(Incident { state_of_affairs: true, ..strike() }));
        assert!(!is_part(Incident { time: IncidentTime::default(), ..strike() }), "undated");
    }
}
