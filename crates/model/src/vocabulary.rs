/// Event types of the contract.
pub const EVENT_TYPES: &[&str] = &[
    "attack",
    "shelling",
    "air-strike",
    "drone-strike",
    "missile-strike",
    "explosion",
    "landmine",
    "suicide-bombing",
    "chemical-attack",
    "armed-clash",
    "shooting",
    "execution",
    "abduction",
    "sexual-violence",
    "torture",
    "arrest",
    "sabotage",
    "cyber-attack",
    "destruction",
    "looting",
    "troop-movement",
    "deployment",
    "mobilization",
    "military-exercise",
    "territory-gain",
    "withdrawal",
    "siege",
    "blockade",
    "ceasefire",
    "ceasefire-violation",
    "agreement",
    "disarmament",
    "surrender",
    "prisoner-exchange",
    "release",
    "negotiation",
    "mediation",
    "diplomatic-visit",
    "evacuation",
    "displacement",
    "return",
    "aid",
    "humanitarian-need",
    "protest",
    "riot",
    "strike-action",
    "sanction",
    "expulsion",
    "censorship",
    "restriction",
    "alliance-change",
    "election",
    "resignation",
    "political-status",
    "trial",
    "investigation",
    "responsibility",
    "statement",
    "demand",
    "accusation",
    "denial",
    "other",
];

/// The measures that count people, where no category is said: the first of [`MEASURES`], up to "returned".
pub const MEASURES_OF_PEOPLE: &[&str] = MEASURES.split_at(10).0;

/// Figure measures of the contract.
pub const MEASURES: &[&str] = &[
    "killed",
    "wounded",
    "casualties",
    "missing",
    "captured",
    "abducted",
    "arrested",
    "evacuated",
    "displaced",
    "returned",
    "deployed",
    "strikes",
    "positions-taken",
    "settlements-taken",
    "destroyed",
    "aid-delivered",
    "protesters",
    "other",
];

/// Figure categories of the contract.
pub const CATEGORIES: &[&str] = &[
    "people",
    "civilians",
    "children",
    "women",
    "men",
    "soldiers",
    "fighters",
    "police",
    "peacekeepers",
    "medics",
    "journalists",
    "officials",
    "prisoners",
    "positions",
    "buildings",
    "vehicles",
    "other",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_of_people_come_first() {
        assert_eq!((MEASURES_OF_PEOPLE.first(), MEASURES_OF_PEOPLE.last()), (Some(&"killed"), Some(&"returned")));
    }
}
