//! Commands and what they print, in `tests/transcripts/`.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/transcripts/*.trycmd").run();
}
