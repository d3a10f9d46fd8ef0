use super::*;
use crate::testing::reading;
use expect_test::expect;

/// A sentence without its marks, and the byte ranges that stood between `open` and `close`.
fn unmark(marked: &str, open: char, close: char) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut start) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        if c == open {
            start = text.len();
        } else if c == close {
            spans.push(Span::new(start, text.len()));
        } else {
            text.push(c);
        }
    }
    (text, spans)
}

/// Every list of `data/toponym/lexicon.toml` finds what stands in its brackets and leaves what stands in its braces.
#[test]
fn the_lexicon_holds_its_own_examples() {
    let finder = ToponymFinder::load().unwrap();
    let mut failures = Vec::new();
    let mut n_examples = 0;
    for list in lexicon::read().unwrap().list {
        for marked in &list.test {
            let (text, wanted) = unmark(marked, '[', ']');
            let found: Vec<Span> = finder.find(&reading(&text)).iter().map(|m| m.toponym.quote.span).collect();
            n_examples += 1;
            if wanted.is_empty() || !wanted.iter().all(|w| found.contains(w)) {
                failures.push(format!("{}: test {marked:?} finds {:?}", list.id, words(&found, &text)));
            }
        }
        for marked in &list.allows {
            let (text, barred) = unmark(marked, '{', '}');
            let found: Vec<Span> = finder.find(&reading(&text)).iter().map(|m| m.toponym.quote.span).collect();
            n_examples += 1;
            if barred.is_empty() || barred.iter().any(|b| found.contains(b)) {
                failures.push(format!("{}: allows {marked:?} finds {:?}", list.id, words(&found, &text)));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(n_examples > 10, "only {n_examples} examples");
}

fn words<'t>(spans: &[Span], text: &'t str) -> Vec<&'t str> {
    spans.iter().map(|s| s.of(text)).collect()
}

/// What each name of a text means: name, point or none.
pub(super) fn places(finder: &ToponymFinder, text: &str) -> String {
    let line = |m: ToponymMention| {
        let point =
            m.toponym.lat.zip(m.toponym.lon).map_or("unlocated".into(), |(lat, lon)| format!("{lat:.2},{lon:.2}"));
        format!("{} {point} {}\n", m.toponym.quote.text, m.toponym.country.as_deref().unwrap_or("-"))
    };
    finder.find(&reading(text)).into_iter().map(line).collect()
}

#[test]
fn a_capital_is_not_a_village_because_other_capitals_have_villages_beside_it() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        London 51.51,-0.13 GB
        Paris 48.85,2.35 FR
        Brussels 50.85,4.35 BE
    "#]]
    .assert_eq(&places(&finder, "Trains from London to Paris and Brussels were late."));
    expect![[r#"
        London 42.98,-81.23 CA
        Ontario 49.25,-84.50 CA
        Toronto 43.71,-79.40 CA
    "#]]
    .assert_eq(&places(&finder, "Trains from London, Ontario, to Toronto were late."));
}

#[test]
fn a_name_that_only_sounds_like_one_far_away_stays_unlocated() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Portroe unlocated -
    "#]]
    .assert_eq(&places(&finder, "Two people drowned in the village of Portroe."));
}

#[test]
fn a_users_table_of_places_is_laid_over_the_gazetteer() {
    let mut finder = ToponymFinder::load().unwrap();
    let text = "Shells fell on Sorrivo and near Port Malvek on Tuesday.";
    expect![[r#""#]].assert_eq(&places(&finder, text));
    finder
        .add_places(
            "grid.csv",
            "name,lat,lon,country,aliases\nSorrivo,-40.5,-120.25,,\nMalvek,-41,-121.5,,Port Malvek\n",
        )
        .unwrap();
    expect![[r#"
        Sorrivo -40.50,-120.25 -
        Port Malvek -41.00,-121.50 -
    "#]]
    .assert_eq(&places(&finder, text));
}

#[test]
fn a_dump_of_geonames_is_laid_over_the_gazetteer() {
    let mut finder = ToponymFinder::load().unwrap();
    let row = "99\tÇaylaqqala\tCaylaqqala\tChailakkala\t40.1\t46.9\tP\tPPL\tAZ\t\t18\t\t\t\t0\t\t\t\t\n";
    finder.add_places("AZ.txt", row).unwrap();
    expect![[r#"
        Azerbaijan 40.50,47.50 AZ
        Chailakkala 40.10,46.90 AZ
    "#]]
    .assert_eq(&places(&finder, "Azerbaijan said its troops had entered the village of Chailakkala."));
}

#[test]
fn a_row_that_cannot_be_read_is_named_by_file_and_line() {
    let mut finder = ToponymFinder::load().unwrap();
    let mut error = |text: &str| finder.add_places("my.csv", text).unwrap_err().to_string();
    expect![[r#"my.csv:3: "north" is no latitude in degrees (-90 to 90)"#]]
        .assert_eq(&error("name,lat,lon\nSorrivo,1,2\nMalvek,north,3\n"));
    expect![[r#"my.csv:2: "Karovia" is no country code of ISO 3166-1 (two capital letters)"#]]
        .assert_eq(&error("name,lat,lon,country\nSorrivo,1,2,Karovia\n"));
    expect!["my.csv:1: no column lon"].assert_eq(&error("name,lat,long\nSorrivo,1,2\n"));
    expect!["my.csv:1: 1 columns where a GeoNames dump has 15 or more, with tabs between; a small table of places begins with the line name,lat,lon,country,aliases"].assert_eq(&error("Sorrivo 1 2\n"));
    expect!["my.csv: no places in it"].assert_eq(&error("name,lat,lon\n"));
}

#[test]
fn a_street_is_at_the_town_that_the_text_puts_it_in() {
    let finder = ToponymFinder::load().unwrap();
    let text =
        "A tram burned on Weir Lane in Graz. Nobody was hurt, police said. Firemen stayed on Tanner Street until noon.";
    expect![[r#"
        Weir Lane 47.07,15.44 AT
        Graz 47.07,15.44 AT
        Tanner Street 47.07,15.44 AT
    "#]]
    .assert_eq(&places(&finder, text));
    let found = finder.find(&reading(text));
    let street = &found[0];
    assert_eq!((street.precision, street.toponym.geonames), (Precision::Near, None));
    assert_eq!(street.toponym.name, "Weir Lane");
    // Two towns far apart, and nothing says which.
    expect![[r#"
        Graz 47.07,15.44 AT
        Malaga 36.72,-4.42 ES
        Tanner Street unlocated -
    "#]]
    .assert_eq(&places(&finder, "Buses from Graz and from Malaga were late. A van burned on Tanner Street."));
}

#[test]
fn a_list_of_villages_is_no_village_by_a_town() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Qarvelzhen unlocated -
        Homs 34.72,36.73 SY
        Aleppo 36.20,37.16 SY
    "#]]
    .assert_eq(&places(&finder, "Shells fell on the villages of Qarvelzhen, Homs and Aleppo."));
}

#[test]
fn a_hall_that_bears_a_far_towns_name_is_not_there() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Salina Concert Hall 48.21,16.37 AT
        Vienna 48.21,16.37 AT
        Vienna 48.21,16.37 AT
    "#]]
    .assert_eq(&places(
        &finder,
        "The choir sang in Salina Concert Hall. Vienna had waited long for it, and Vienna cheered.",
    ));
}

#[test]
fn long_names_of_states_are_one_name() {
    let finder = ToponymFinder::load().unwrap();
    let text = "Envoys of the Democratic People's Republic of Korea, of the People's Republic of China and of the Islamic Republic of Mauritania met.";
    expect![[r#"
        Democratic People's Republic of Korea 40.00,127.00 KP
        People's Republic of China 35.00,105.00 CN
        Islamic Republic of Mauritania 20.00,-12.00 MR
    "#]]
    .assert_eq(&places(&finder, text));
}

#[test]
fn a_publishers_country_speaks_for_its_towns() {
    let finder = ToponymFinder::load().unwrap();
    let country = |url: &str| {
        let mut reading = reading("A ferry was late in Halifax on Monday.");
        reading.report.url = url.into();
        finder.find(&reading)[0].toponym.country.clone()
    };
    assert_eq!(country("https://news.example.com/ferry").as_deref(), Some("CA"));
    assert_eq!(country("https://news.example.co.uk/ferry").as_deref(), Some("GB"));
}

#[test]
fn a_small_place_far_from_every_other_name_is_a_namesake() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Kisumu -0.10,34.76 KE
        Nakuru -0.31,36.07 KE
        Eldoret 0.52,35.27 KE
        Bains unlocated -
    "#]]
    .assert_eq(&places(
        &finder,
        "Buses from Kisumu, Nakuru and Eldoret were late. A lorry overturned in Bains on Monday.",
    ));
    // Nothing else is named, or the report speaks for it.
    expect![[r#"
        Bains 45.01,3.78 FR
    "#]]
    .assert_eq(&places(&finder, "A lorry overturned in Bains on Monday."));
    expect![[r#"
        Lyon 45.75,4.85 FR
        Bains 45.01,3.78 FR
    "#]]
    .assert_eq(&places(
        &finder,
        "Buses from Lyon, Grenoble and Saint-Etienne were late. A lorry overturned in Bains on Monday.",
    ));
    // A large city is meant wherever it is named.
    expect![[r#"
        Osaka 34.69,135.50 JP
        Kisumu -0.10,34.76 KE
        Nakuru -0.31,36.07 KE
        Eldoret 0.52,35.27 KE
    "#]]
    .assert_eq(&places(&finder, "Envoys came to Osaka. Buses from Kisumu, Nakuru and Eldoret were late."));
}

#[test]
fn another_name_of_a_small_place_is_not_enough_by_itself() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Tortola unlocated -
    "#]]
    .assert_eq(&places(&finder, "Two yachts sank off Tortola on Monday."));
    expect![[r#"
        Tortola 40.70,-3.12 ES
        Spain 40.00,-4.00 ES
    "#]]
    .assert_eq(&places(&finder, "Two vans burned near Tortola, Spain, on Monday."));
}

#[test]
fn a_part_of_a_longer_name_is_not_enough_by_itself() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Paciano unlocated -
    "#]]
    .assert_eq(&places(&finder, "The fire burned in Upper Velmar Paciano, police said."));
    expect![[r#"
        Paciano 43.02,12.07 IT
    "#]]
    .assert_eq(&places(&finder, "A fire broke out in the City of Paciano."));
}

#[test]
fn what_a_user_adds_is_no_far_namesake() {
    let mut finder = ToponymFinder::load().unwrap();
    finder.add_places("own.csv", "name,lat,lon\nSorrivo,-40.5,-120.25\n").unwrap();
    expect![[r#"
        Kisumu -0.10,34.76 KE
        Nakuru -0.31,36.07 KE
        Eldoret 0.52,35.27 KE
        Sorrivo -40.50,-120.25 -
    "#]]
    .assert_eq(&places(
        &finder,
        "Buses from Kisumu, Nakuru and Eldoret were late. A lorry overturned in Sorrivo on Monday.",
    ));
}

#[test]
fn a_river_of_one_country_is_at_its_mouth() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Tiber 41.74,12.23 IT
        Vistula 54.36,18.95 PL
        Euphrates 34.80,40.80 -
    "#]]
    .assert_eq(&places(&finder, "A barge sank in the Tiber. Another sank in the Vistula, and one in the Euphrates."));
}

#[test]
fn a_town_beside_a_street_of_another_town_is_a_street() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Graz 47.07,15.44 AT
        Weir Street unlocated -
        Malaga unlocated -
    "#]]
    .assert_eq(&places(&finder, "A van burned in Graz. It stood on Weir Street near Malaga, a porter said."));
    expect![[r#"
        Weir Street 36.72,-4.42 ES
        Malaga 36.72,-4.42 ES
        Malaga 36.72,-4.42 ES
        Graz 47.07,15.44 AT
    "#]]
    .assert_eq(&places(&finder, "A van burned on Weir Street near Malaga, a porter said. Malaga is far from Graz."));
}

#[test]
fn a_quarter_of_the_reports_town_is_not_its_far_namesake() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        CHICAGO 41.85,-87.65 US
        Pullman 41.85,-87.65 US
        Chicago 41.85,-87.65 US
        Millvale unlocated -
    "#]].assert_eq(&places(
        &finder,
        "CHICAGO - A kiosk burned down in the Pullman neighborhood. Chicago firemen saved the newsagent, who lives in Millvale.",
    ));
    // Where the report names what it is in, it is there.
    expect![[r#"
        CHICAGO 41.85,-87.65 US
        Pullman 46.73,-117.18 US
        Washington 47.50,-120.50 US
        Chicago 41.85,-87.65 US
    "#]]
    .assert_eq(&places(
        &finder,
        "CHICAGO - A kiosk burned down in Pullman, Washington. Chicago firemen were not asked.",
    ));
    // A town that the press knows by that name lies beside its city.
    expect![[r#"
        Aleppo 36.20,37.16 SY
        Jarablus 36.82,38.01 SY
        Aleppo 36.20,37.16 SY
    "#]]
    .assert_eq(&places(&finder, "Buses from Aleppo were late in Jarablus. Aleppo waited."));
}

#[test]
fn a_city_that_news_names_without_its_state_needs_none() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Cleveland 41.50,-81.70 US
        Philadelphia 39.95,-75.16 US
    "#]]
    .assert_eq(&places(&finder, "Two trams collided in Cleveland. The fair in Philadelphia opened."));
}

#[test]
fn a_county_without_its_word_and_a_hamlet_of_a_mans_name_need_the_reports_word() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Graz 47.07,15.44 AT
        Linz 48.31,14.29 AT
        Broward unlocated -
    "#]]
    .assert_eq(&places(&finder, "Shots were heard in Graz and Linz. Drovers came to Broward."));
    expect![[r#"
        Ottawa 45.41,-75.70 CA
        Washington 38.90,-77.04 US
    "#]]
    .assert_eq(&places(&finder, "Ivo Freeland left for Ottawa on Monday. A clerk went with Freeland to Washington."));
}
