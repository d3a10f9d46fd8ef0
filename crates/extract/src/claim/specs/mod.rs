//! What the assembly makes of constructions: who, where and when. Invented states; real towns where a place must be known.
mod achieved;
mod apart;
mod asked;
mod beside;
mod blame;
mod bygone;
mod dated;
mod denied;
mod elsewhere;
mod ended;
mod harm;
mod heard;
mod known;
mod lag;
mod lasting;
mod lingering;
mod means;
mod mishap;
mod nobody;
mod once;
mod parties;
mod pronoun;
mod says;
mod scene;
mod standing;
mod telling;
mod toll;
mod unreal;
mod voices;
mod when_where;
mod whereabouts;
mod who;
use super::tests::EXTRACTOR;
use crate::testing::report_of;
use expect_test::Expect;
use variorum_model::{Claim, Report};

fn undated(text: &str) -> Report {
    Report { id: "undated".into(), text: text.into(), ..Report::default() }
}

fn check(show: fn(&Claim) -> String, day: &str, text: &str, expected: Expect) {
    let claims = EXTRACTOR.analyze(if day.is_empty() { undated(text) } else { report_of(day, text) }).claims;
    expected.assert_eq(&claims.iter().map(|c| show(c) + "\n").collect::<String>());
}
