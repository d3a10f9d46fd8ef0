//! Reads pages (JSON Lines with `html`) and prints reports, with the time it took: `cargo run --example pages -- FILE…`
use std::io::Write;
use variorum_intake::{Intake, Options};

fn main() {
    let start = std::time::Instant::now();
    let intake = Intake::new(std::env::args_os().skip(1), Options::default().max_bytes(50_000_000));
    let bytes = intake.bytes_read();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut n = 0;
    for item in intake {
        n += 1;
        match item {
            Ok(report) => {
                let junk: Vec<_> = report
                    .junk
                    .iter()
                    .map(|j| {
                        let point = |byte: usize| report.text[..byte].chars().count();
                        serde_json::json!({"start": point(j.span.start), "end": point(j.span.end), "reason": j.reason})
                    })
                    .collect();
                let _ = writeln!(
                    out,
                    "{}",
                    serde_json::json!({"report": {"id": report.id, "url": report.url, "title": report.title,
                    "byline": report.byline, "publisher": report.publisher, "published": report.published, "updated": report.updated,
                    "language": report.language, "text": report.text, "junk": junk, "diagnostics": report.diagnostics}})
                );
            }
            Err(failure) => eprintln!("{failure}"),
        }
    }
    let (bytes, s) = (bytes.load(std::sync::atomic::Ordering::Relaxed) as f64 / 1e6, start.elapsed().as_secs_f64());
    eprintln!("{n} inputs, {bytes:.1} MB in {s:.2} s: {:.1} MB/s, {:.0} inputs/s", bytes / s, n as f64 / s);
}
