//! Searching the gazetteer as a person types: the beginning of a name, and after a comma what holds the place.
use super::fold::{fold, skeleton};
use super::{Candidate, Gazetteer, Kind, NameClass, PlaceId};
use std::collections::BTreeMap;

/// Keys that are looked at; a beginning of two letters has some tens of thousands.
const MOST_KEYS: usize = 60_000;
/// Fewer letters begin too much.
const LEAST_LETTERS: usize = 2;

/// How well a name answers; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Name,
    Alternate,
    Beginning,
    Transliteration,
}

impl Gazetteer {
    /// Places whose name begins with these words, at most `most`: whole names first, then the more populous. Words after
    /// a comma must begin the name, or be the code, of something that holds the place ("Trieste, It"). Where no name
    /// begins so, names of the same consonants are taken.
    pub fn search(&self, words: &str, most: usize) -> Vec<PlaceId> {
        let (name, within) = words.split_once(',').unwrap_or((words, ""));
        let (name, within) = (fold(name), fold(within));
        if name.len() < LEAST_LETTERS {
            return Vec::new();
        }
        let mut found: BTreeMap<PlaceId, Match> = BTreeMap::new();
        for candidate in self.lookup(&name) {
            let own = matches!(candidate.class, NameClass::Primary | NameClass::Stripped);
            take(&mut found, candidate, if own { Match::Name } else { Match::Alternate });
        }
        self.beginning(&name, MOST_KEYS, |candidate| take(&mut found, candidate, Match::Beginning));
        if found.is_empty() {
            for candidate in self.lookup_skeleton(&skeleton(&name)) {
                take(&mut found, candidate, Match::Transliteration);
            }
        }
        let mut ranked: Vec<(Match, PlaceId)> =
            found.into_iter().filter(|(place, _)| self.lies_in(*place, &within)).map(|(p, how)| (how, p)).collect();
        let people = |id: PlaceId| self.place(id).log_population;
        ranked.sort_by(|l, r| l.0.cmp(&r.0).then(people(r.1).total_cmp(&people(l.1))).then(l.1.cmp(&r.1)));
        ranked.truncate(most);
        ranked.into_iter().map(|(_, place)| place).collect()
    }

    /// The most populous settlements between two corners, south-west and north-east, in degrees (latitude, longitude), at
    /// most `most`. Where the western longitude is the greater, across the 180th meridian. Looks at every record.
    pub fn settlements_within(
        &self,
        (south, west): (f32, f32),
        (north, east): (f32, f32),
        most: usize,
    ) -> Vec<PlaceId> {
        let mut found: Vec<(f32, PlaceId)> = Vec::new();
        for id in self.ids() {
            if !matches!(self.kind(id), Kind::Settlement | Kind::Capital) {
                continue;
            }
            let place = self.place(id);
            let across =
                if west <= east { (west..=east).contains(&place.lon) } else { place.lon >= west || place.lon <= east };
            if across && (south..=north).contains(&place.lat) {
                found.push((place.log_population, id));
            }
        }
        found.sort_by(|l, r| r.0.total_cmp(&l.0).then(l.1.cmp(&r.1)));
        found.truncate(most);
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// The divisions and the country that hold a place, from the nearest on.
    pub fn holders(&self, place: PlaceId) -> Vec<PlaceId> {
        let mut holders = Vec::new();
        let mut at = place;
        while let Some(parent) = self.place(at).parent
            && holders.len() < 4
        {
            holders.push(parent);
            at = parent;
        }
        holders
    }

    fn lies_in(&self, place: PlaceId, within: &str) -> bool {
        let named = |&holder: &PlaceId| {
            fold(self.place(holder).name).starts_with(within) || self.code(holder).eq_ignore_ascii_case(within)
        };
        within.is_empty() || self.holders(place).iter().any(named)
    }
}

fn take(found: &mut BTreeMap<PlaceId, Match>, Candidate { place, class }: Candidate, how: Match) {
    if class != NameClass::Demonym {
        found.entry(place).and_modify(|known| *known = how.min(*known)).or_insert(how);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Vec<String> {
        let gazetteer = Gazetteer::built_in().unwrap();
        let name = |id: PlaceId| {
            let holders = gazetteer.holders(id);
            let country = holders.last().map_or("", |&c| gazetteer.place(c).name);
            format!("{}, {country}", gazetteer.place(id).name)
        };
        gazetteer.search(words, 5).into_iter().map(name).collect()
    }

    #[test]
    fn a_whole_name_comes_before_what_begins_with_it() {
        assert_eq!(found("Trieste")[0], "Trieste, Italy");
        assert_eq!(found("triest")[0], "Trieste, Italy", "an alternate name, and a beginning");
        assert_eq!(found("geneva, swi")[0], "Geneva, Switzerland");
        assert!(found("geneva, us").iter().all(|name| name.ends_with("United States")), "{:?}", found("geneva, us"));
    }

    #[test]
    fn what_no_name_begins_with_is_found_by_its_consonants() {
        assert!(found("Sarakeb").iter().any(|name| name.starts_with("Sar")), "{:?}", found("Sarakeb"));
        assert_eq!(found("xqzzkq"), Vec::<String>::new());
        assert_eq!(found("a"), Vec::<String>::new(), "one letter begins too much");
    }

    #[test]
    fn between_two_corners_the_most_populous_settlements_come_first() {
        let gazetteer = Gazetteer::built_in().unwrap();
        let names = |sw, ne| {
            let found = gazetteer.settlements_within(sw, ne, 3);
            found.into_iter().map(|id| gazetteer.place(id).name.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names((45.4, 13.4), (46.2, 14.0))[0], "Trieste");
        let fiji = names((-19.0, 179.0), (-16.0, -179.0));
        assert!(!fiji.is_empty(), "across the 180th meridian");
        assert_eq!(names((-60.0, -140.0), (-55.0, -130.0)), Vec::<String>::new(), "the open sea");
    }

    #[test]
    fn places_of_the_user_are_found_too() {
        let mut gazetteer = Gazetteer::built_in().unwrap();
        gazetteer.add("own.csv", "name,lat,lon,country,aliases\nSorrivo Quay,45.1,13.2,IT,\n").unwrap();
        let names: Vec<&str> = gazetteer.search("sorrivo", 5).into_iter().map(|id| gazetteer.place(id).name).collect();
        assert_eq!(names, ["Sorrivo Quay"]);
    }
}
