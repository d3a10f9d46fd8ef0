//! What the words around a name, and where else the report has it, say of what it means.
use super::tests::places;
use super::*;
use expect_test::expect;

#[test]
fn among_states_a_name_is_the_state() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Idaho 44.50,-114.25 US
        Washington 47.50,-120.50 US
        Utah 39.25,-111.75 US
    "#]]
    .assert_eq(&places(&finder, "Growers in Idaho, Washington and Utah lost half of their apples."));
    expect![[r#"
        Rome 41.89,12.51 IT
        Washington 38.90,-77.04 US
        Madrid 40.42,-3.70 ES
    "#]]
    .assert_eq(&places(&finder, "Envoys from Rome, Washington and Madrid met again."));
}

#[test]
fn what_is_told_late_tells_another_apart() {
    let finder = ToponymFinder::load().unwrap();
    let text = "The crew trains in Tacoma. Roads in Washington were iced. It drove across Washington. \
                Later the crew was sent to Washington, D.C.";
    expect![[r#"
        Tacoma 47.25,-122.44 US
        Washington 47.50,-120.50 US
        Washington 47.50,-120.50 US
        Washington 38.90,-77.04 US
        D.C. 38.92,-77.00 US
    "#]]
    .assert_eq(&places(&finder, text));
}

#[test]
fn the_country_before_a_title_holds_nothing() {
    let finder = ToponymFinder::load().unwrap();
    let text = "Envoy Clara Freeland came late. Freeland, U.S. trade negotiator Ivo Brandt and others left.";
    expect![[r#"
        U.S. 39.76,-98.50 US
    "#]]
    .assert_eq(&places(&finder, text));
}

#[test]
fn united_states_are_no_provinces_of_what_is_named_before_them() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Mexico 23.00,-102.00 MX
        United States 39.76,-98.50 US
    "#]]
    .assert_eq(&places(&finder, "A quarrel of Mexico and the United States over water grew."));
}

#[test]
fn hills_named_for_a_town_of_the_report_are_by_it() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Split 43.51,16.44 HR
        Split Hills 43.51,16.44 HR
    "#]]
    .assert_eq(&places(&finder, "Two boats sank off Split. Fires burned in the Split Hills."));
}

#[test]
fn a_body_is_where_its_name_begins() {
    let finder = ToponymFinder::load().unwrap();
    expect![[r#"
        Seoul 37.57,126.98 KR
    "#]]
    .assert_eq(&places(&finder, "The Seoul Central District Court freed both men."));
}
