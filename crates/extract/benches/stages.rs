//! Where the time of `analyze` goes, stage by stage, over 40 invented reports of about 300 words.
//!
//! `cargo bench -p variorum-extract`. The first row is the parser; the sum of the others is to stay below half of it.
use divan::Bencher;
use std::sync::LazyLock;
use variorum_extract::actor::ActorFinder;
use variorum_extract::attribution::AttributionFinder;
use variorum_extract::claim::Assembler;
use variorum_extract::event::EventFinder;
use variorum_extract::figure::FigureFinder;
use variorum_extract::timex::TimexFinder;
use variorum_extract::toponym::ToponymFinder;
use variorum_extract::{Extractor, Mentions, Reading};
use variorum_model::{Basis, Published, Report};
use variorum_syntax::Pipeline;

/// Reports in the batch.
const REPORTS: usize = 40;
/// Paragraphs of a report.
const PARAGRAPHS: usize = 7;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::load().expect("the built-in model"));
static READINGS: LazyLock<Vec<Reading>> =
    LazyLock::new(|| reports().into_iter().map(|report| Reading::new(&PIPELINE, report)).collect());

/// Sentences whose gaps are filled by number, place and day, so that no two reports are alike.
const SENTENCES: [&str; 8] = [
    "At least {n} people were killed and {m} wounded when shells hit a market in {place} on {day}, officials said.",
    "\"We heard {m} explosions in one night,\" a resident of {place} told a local agency by telephone.",
    "The ministry of defence denied that its troops had fired on the town and accused the rebels of staging the attack.",
    "According to a monitoring group, {n} soldiers and {m} fighters died in three days of clashes near the border.",
    "The two governments agreed to resume talks in Geneva next week after months of deadlock.",
    "Among the dead were two children and a nurse, the hospital's director, who asked not to be named, said on {day}.",
    "More than {n},000 residents have fled {place} since the fighting began, and aid convoys have not been let through.",
    "The army said it had captured {m} positions and destroyed four vehicles in the hills north of {place}.",
];
const PLACES: [&str; 5] = ["Aleppo", "Stepanakert", "Goma", "Kharkiv", "Sorrivo"];
const DAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

fn reports() -> Vec<Report> {
    (0..REPORTS)
        .map(|r| {
            let paragraph = |p: usize| {
                let sentence = |s: usize| {
                    SENTENCES[(r + 3 * p + s) % SENTENCES.len()]
                        .replace("{n}", &(12 + (r * 7 + p) % 50).to_string())
                        .replace("{m}", &(3 + (r + p * 5) % 20).to_string())
                        .replace("{place}", PLACES[(r + p) % PLACES.len()])
                        .replace("{day}", DAYS[(r + p + s) % DAYS.len()])
                };
                format!("{} {}", sentence(0), sentence(1))
            };
            let text = (0..PARAGRAPHS).map(paragraph).collect::<Vec<_>>().join("\n\n");
            let day = Some("2024-03-06".to_owned());
            let published =
                Published { value: day.clone(), earliest: day.clone(), latest: day, basis: Basis::Metadata };
            Report { id: format!("bench-{r}"), text, published, ..Report::default() }
        })
        .collect()
}

fn main() {
    divan::main();
}

#[divan::bench]
fn a_read(bencher: Bencher) {
    LazyLock::force(&PIPELINE);
    bencher.with_inputs(reports).bench_values(|reports| {
        reports.into_iter().map(|report| Reading::new(&PIPELINE, report).doc.len()).sum::<usize>()
    });
}

/// One bench for a finder: it is loaded once and reads all readings.
macro_rules! finder {
    ($name:ident, $finder:ty) => {
        #[divan::bench]
        fn $name(bencher: Bencher) {
            let finder = <$finder>::load().expect("the built-in data");
            LazyLock::force(&READINGS);
            bencher.bench(|| {
                for reading in READINGS.iter() {
                    divan::black_box(finder.find(reading));
                }
            });
        }
    };
}

finder!(b_timex, TimexFinder);
finder!(c_toponym, ToponymFinder);
finder!(d_actor, ActorFinder);
finder!(e_figure, FigureFinder);
finder!(f_attribution, AttributionFinder);
finder!(g_event, EventFinder);

#[divan::bench]
fn h_claim(bencher: Bencher) {
    let extractor = Extractor::new(Pipeline::load().expect("the built-in model")).expect("the built-in data");
    let mentions: Vec<Mentions> =
        reports().into_iter().map(|report| extractor.mentions(&mut Reading::new(&PIPELINE, report))).collect();
    let (assembler, actors) = (Assembler::load().expect("the words"), ActorFinder::load().expect("the register"));
    bencher.bench(|| {
        let claims = |(reading, m)| assembler.assemble(reading, m, &actors).len();
        READINGS.iter().zip(&mentions).map(claims).sum::<usize>()
    });
}
