//! What every target does with its bytes: reads them as a file of one kind, and checks what comes out.
use variorum_intake::{Intake, Options};

/// Reads bytes under a name.
pub fn read(name: &str, bytes: &[u8]) {
    for report in Intake::of_bytes(name, bytes.to_vec(), Options::default()).take(1_000).flatten() {
        let spans = report.articles.iter().map(|a| a.span).chain(report.junk.iter().map(|j| j.span));
        for span in spans {
            assert!(report.text.get(span.start..span.end).is_some(), "{span:?}");
        }
    }
}
