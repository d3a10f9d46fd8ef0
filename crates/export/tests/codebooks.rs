//! One invented night under four codebooks.
use variorum_export::codebook::{Codebook, CodedTable, code};
use variorum_export::{Cell, tables};
use variorum_extract::actor::Register;
use variorum_extract::toponym::Gazetteer;
use variorum_ledger::{Action, ClaimFilter, Ledger};
use variorum_model::*;

/// The actors of the invented world.
const ACTORS: &str = r#"
[[state]]
id = "lth"
name = "Lethania"
demonyms = ["Lethanian", "Lethanians"]

[[state]]
id = "kar"
name = "Karovia"
demonyms = ["Karovian", "Karovians"]
"#;

/// One claim of a report.
struct Told<'t> {
    report: &'t str,
    words: &'t str,
    source: &'t str,
    kind: &'t str,
    doer: &'t str,
    target: &'t str,
    figures: &'t [(&'t str, &'t str, f64)],
    stance: Stance,
    polarity: Polarity,
}

const SHELLED: Told<'_> = Told {
    report: "r1",
    words: "Lethanian forces shelled Tartu, killing twelve people, four of them soldiers, the mayor said.",
    source: "mayor",
    kind: "shelling",
    doer: "Lethania",
    target: "Karovian civilians",
    figures: &[],
    stance: Stance::Assert,
    polarity: Polarity::Happened,
};

fn named(name: &str) -> Vec<Named> {
    if name.is_empty() { Vec::new() } else { vec![Named { name: name.into(), span: Span::default() }] }
}

fn analysis(told: &Told<'_>) -> Analysis {
    let day = Some("2031-05-14".to_owned());
    let figures = told.figures.iter().map(|(measure, category, n)| Figure {
        quote: Quote { span: Span::default(), text: String::new() },
        measure: (*measure).into(),
        category: (*category).into(),
        value: Some(*n),
        min: Some(*n),
        max: Some(*n),
        scope: Scope::Incident,
        ..Figure::default()
    });
    let time = ClaimTime {
        value: day.clone(),
        earliest: day.clone(),
        latest: day.clone(),
        precision: TimePrecision::Day,
        basis: TimeBasis::Explicit,
        quote: Quote::default(),
    };
    // A real town: divisions and country come from the gazetteer.
    let place = ClaimPlace {
        name: "Tartu".into(),
        geonames: Some(588335),
        lat: Some(58.38),
        lon: Some(26.73),
        country: Some("EE".into()),
        precision: Precision::Exact,
        ..ClaimPlace::default()
    };
    let claim = Claim {
        id: stable_id("c", &[told.report, told.words]),
        quote: told.words.into(),
        span: Span::new(0, told.words.chars().count()),
        sources: named(told.source),
        stance: told.stance,
        polarity: told.polarity,
        event: Event { kind: told.kind.into(), trigger: Quote::default() },
        actors: named(told.doer),
        targets: named(told.target),
        places: vec![place],
        time,
        figures: figures.collect(),
        ..Claim::default()
    };
    let published = Published { value: day.clone(), earliest: day.clone(), latest: day, basis: Basis::Metadata };
    let report = Report {
        id: told.report.into(),
        text: told.words.into(),
        title: "=Night in Tartu".into(),
        publisher: format!("Outlet {}", told.report),
        published,
        ..Report::default()
    };
    Analysis { schema: SCHEMA, report, claims: vec![claim], ..Analysis::default() }
}

/// A linked ledger in which all that is told is one incident.
fn ledger(told: &[Told<'_>]) -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    for one in told {
        ledger.add(&analysis(one)).unwrap();
    }
    let claims: Vec<String> = ledger.claims(ClaimFilter::default()).map(|c| c.unwrap().id).collect();
    if claims.len() > 1 {
        ledger.judge("Ada", "one night", Action::Merge { claims }).unwrap();
    }
    ledger.relink().unwrap();
    ledger
}

fn coded(told: &[Told<'_>], codebook: Codebook) -> CodedTable {
    let mut register = Register::built_in().unwrap();
    register.extend("actors.toml", ACTORS).unwrap();
    code(&ledger(told), codebook, &Gazetteer::built_in().unwrap(), &register).unwrap()
}

/// The filled cells of the first row, a line each.
fn row(coded: &CodedTable) -> String {
    let cells = coded.table.columns.iter().zip(&coded.table.rows[0]);
    let filled = cells.filter(|(c, cell)| !cell.is_empty() && !["id", "timestamp"].contains(&c.name.as_str()));
    filled.filter(|(c, _)| !c.name.contains("_id")).map(|(c, cell)| format!("{}: {}\n", c.name, cell.text())).collect()
}

fn cell(coded: &CodedTable, column: &str) -> Cell {
    coded.table.cells(column).next().unwrap().clone()
}

const TOLL: &[(&str, &str, f64)] =
    &[("killed", "people", 12.0), ("killed", "soldiers", 4.0), ("killed", "civilians", 5.0)];

#[test]
fn ucdp_splits_the_deaths_and_leaves_the_rest_unknown() {
    let coded = coded(&[Told { figures: TOLL, ..SHELLED }], Codebook::UcdpGed);
    expect_test::expect![[r#"
        year: 2031
        type_of_violence: 3
        dyad_name: Government of Lethania - Civilians
        side_a: Government of Lethania
        side_b: Civilians
        number_of_sources: 1
        source_article: Outlet r1,2031-05-14,"=Night in Tartu"
        source_office: Outlet r1
        source_date: 2031-05-14
        source_headline: =Night in Tartu
        source_original: mayor
        where_prec: 1
        where_coordinates: Tartu
        where_description: Tartu
        adm_1: Tartu
        adm_2: Tartu linn
        latitude: 58.38
        longitude: 26.73
        geom_wkt: POINT (26.73 58.38)
        priogrid_gid: 213534
        country: Estonia
        region: Europe
        event_clarity: 1
        date_prec: 1
        date_start: 2031-05-14
        date_end: 2031-05-14
        deaths_civilians: 5
        deaths_unknown: 7
        best: 12
        high: 12
        low: 12
    "#]]
    .assert_eq(&row(&coded));
    // Soldiers of nobody in particular are no side's.
    assert!(cell(&coded, "deaths_a").is_empty() && cell(&coded, "deaths_b").is_empty());
}

#[test]
fn acled_takes_the_least_and_names_the_dispute() {
    let other = Told {
        report: "r2",
        words: "Nine died in Tartu.",
        source: "",
        figures: &[("killed", "people", 9.0)],
        ..SHELLED
    };
    let coded = coded(&[Told { figures: TOLL, ..SHELLED }, other], Codebook::Acled);
    expect_test::expect![[r#"
        event_date: 2031-05-14
        year: 2031
        time_precision: 1
        disorder_type: Political violence
        event_type: Explosions/Remote violence
        sub_event_type: Shelling/artillery/missile attack
        actor1: Lethania
        inter1: State forces
        actor2: Civilians
        inter2: Civilians
        interaction: State forces-Civilians
        civilian_targeting: Civilian targeting
        region: Europe
        country: Estonia
        admin1: Tartu
        admin2: Tartu linn
        location: Tartu
        latitude: 58.38
        longitude: 26.73
        geo_precision: 1
        source: Outlet r1; Outlet r2
        notes: Shelling, Tartu, 14 May 2031 (2 reports, 2 origins). Disputed: Killed: Outlet r2 said 9 (14 May 2031), mayor said 12 (14 May 2031); both are exact and of one time.
        fatalities: 9
    "#]].assert_eq(&row(&coded));
    let mut explained = Vec::new();
    coded.explain(&mut explained).unwrap();
    let explained = String::from_utf8(explained).unwrap();
    let fatalities = explained.lines().find(|l| l.contains("\"column\":\"fatalities\"")).unwrap();
    assert!(fatalities.contains("the least of 9, 12"), "{fatalities}");
    assert_eq!(explained.lines().count(), 31, "a line for every cell");
}

#[test]
fn airwars_grades_and_counts_by_group() {
    let figures = &[("killed", "civilians", 5.0), ("killed", "children", 2.0), ("wounded", "civilians", 7.0)];
    let coded = coded(&[Told { kind: "air-strike", figures, ..SHELLED }], Codebook::Airwars);
    expect_test::expect![[r#"
        incident_date: 2031-05-14
        incident_date_end: 2031-05-14
        country: Estonia
        governorate: Tartu
        location: Tartu
        latitude: 58.38
        longitude: 26.73
        geolocation_accuracy: town
        civilian_harm_status: weak
        strike_status: single-source-claim
        strike_type: air-strike
        belligerent: Lethania
        killed_civilians_min: 5
        killed_civilians_max: 5
        killed_children_min: 2
        killed_children_max: 2
        injured_civilians_min: 7
        injured_civilians_max: 7
        sources: Outlet r1
        assessment: Air strike, Tartu, 14 May 2031 (1 report).
    "#]]
    .assert_eq(&row(&coded));
    let owned = Told { kind: "air-strike", source: "Lethania", figures, ..SHELLED };
    let coded = self::coded(&[owned], Codebook::Airwars);
    assert_eq!(cell(&coded, "strike_status").text(), "declared-strike");
    assert_eq!(
        (cell(&coded, "conceded_min").text().as_str(), cell(&coded, "civilian_harm_status").text().as_str()),
        ("5", "weak")
    );
    let fighters = Told { kind: "air-strike", figures: &[("killed", "fighters", 3.0)], ..SHELLED };
    let coded = self::coded(&[fighters], Codebook::Airwars);
    assert_eq!(cell(&coded, "civilian_harm_status").text(), "discounted");
    assert!(cell(&coded, "killed_civilians_min").is_empty());
}

#[test]
fn ibc_counts_civilians_from_lowest_to_highest() {
    let one = Told { figures: &[("killed", "civilians", 5.0), ("wounded", "people", 7.0)], ..SHELLED };
    let other = Told {
        report: "r2",
        words: "Eight civilians died in Tartu.",
        source: "",
        figures: &[("killed", "civilians", 8.0)],
        ..SHELLED
    };
    let coded = coded(&[one, other], Codebook::Ibc);
    expect_test::expect![[r#"
        start_date: 2031-05-14
        end_date: 2031-05-14
        place: Tartu, Estonia
        target: Karovian civilians
        min_deaths: 5
        max_deaths: 8
        min_injuries: 7
        max_injuries: 7
        killers: Lethania
        media_sources: Outlet r1; Outlet r2
        primary_witnesses: mayor
    "#]]
    .assert_eq(&row(&coded));
}

#[test]
fn what_a_codebook_does_not_count_has_no_row_and_a_reason() {
    let why = |told: Told<'_>, codebook| {
        let coded = coded(&[told], codebook);
        assert!(coded.table.rows.is_empty());
        coded.left_out[0].1.clone()
    };
    let history = "no claim says that it happened: it is denied, planned, conditional or history";
    let denied = Told { stance: Stance::Deny, figures: TOLL, ..SHELLED };
    assert_eq!(why(denied, Codebook::UcdpGed), history);
    let planned = Told { polarity: Polarity::Planned, figures: TOLL, ..SHELLED };
    assert_eq!(why(planned, Codebook::Acled), history);
    assert_eq!(why(SHELLED, Codebook::UcdpGed), "no death is counted");
    let talks = Told { kind: "negotiation", figures: TOLL, ..SHELLED };
    assert_eq!(why(talks, Codebook::UcdpGed), "negotiation is no organised violence");
    let clash = Told { kind: "armed-clash", figures: TOLL, ..SHELLED };
    assert_eq!(why(clash, Codebook::Airwars), "armed-clash is no strike");
    let fighters = Told { figures: &[("killed", "soldiers", 3.0)], ..SHELLED };
    assert_eq!(why(fighters, Codebook::Ibc), "no civilian is counted as killed");
}

#[test]
fn a_place_or_day_that_is_not_known_leaves_its_cells_empty() {
    let mut analysis = analysis(&Told { figures: TOLL, doer: "", target: "", ..SHELLED });
    analysis.claims[0].places = vec![ClaimPlace { name: "Sorrivo".into(), ..ClaimPlace::default() }];
    analysis.claims[0].time = ClaimTime::default();
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.add(&analysis).unwrap();
    ledger.relink().unwrap();
    let (gazetteer, register) = (Gazetteer::built_in().unwrap(), Register::built_in().unwrap());
    for codebook in [Codebook::UcdpGed, Codebook::Acled, Codebook::Airwars, Codebook::Ibc] {
        let coded = code(&ledger, codebook, &gazetteer, &register).unwrap();
        for (column, cell) in coded.table.columns.iter().zip(&coded.table.rows[0]) {
            let of_place =
                ["latitude", "longitude", "country", "adm_1", "admin1", "where_prec", "geo_precision", "region"];
            let of_day =
                ["year", "date_start", "event_date", "incident_date", "start_date", "date_prec", "time_precision"];
            let of_side =
                ["side_a", "side_b", "actor1", "actor2", "belligerent", "killers", "target", "type_of_violence"];
            let unknown = [&of_place[..], &of_day, &of_side].concat();
            assert!(!unknown.contains(&column.name.as_str()) || cell.is_empty(), "{} is {cell:?}", column.name);
        }
    }
}

#[test]
fn tables_add_up_to_what_the_ledger_holds() {
    let ledger = ledger(&[Told { figures: TOLL, ..SHELLED }]);
    let tables = tables(&ledger).unwrap();
    let counts = ledger.counts().unwrap();
    let table = |name: &str| tables.iter().find(|t| t.name == name).unwrap();
    let names: Vec<&str> = tables.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, variorum_export::NAMES);
    assert_eq!(table("reports").rows.len(), counts.reports);
    assert_eq!(table("claims").rows.len(), counts.claims);
    assert_eq!(table("incidents").rows.len(), counts.incidents);
    let sum: f64 = table("figures").cells("value").filter_map(Cell::number).sum();
    assert_eq!(sum, 21.0);
    assert_eq!(table("incidents").cells("killed_best").filter_map(Cell::number).sum::<f64>(), 12.0);
}
