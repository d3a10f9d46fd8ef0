//! Prints what intake makes of its arguments: `cargo run --example lay_out -- PATH…`
use variorum_intake::{Intake, Options};

fn main() {
    let mut intake = Intake::new(std::env::args_os().skip(1), Options::default());
    while let Some(item) = intake.next() {
        match item {
            Ok(report) => {
                let text = &report.text;
                let published = report.published.value.as_deref().or(report.published.earliest.as_deref());
                println!(
                    "{} [{}] {} {}",
                    intake.location(),
                    report.language,
                    published.unwrap_or("undated"),
                    report.title
                );
                for article in report.articles.iter().filter(|_| report.articles.len() > 1) {
                    println!("  article {:?}", article.title);
                }
                for junk in &report.junk {
                    println!("  {}: {:?}", junk.reason, junk.span.of(text));
                }
                for diagnostic in &report.diagnostics {
                    println!("  ! {}: {}", diagnostic.code, diagnostic.message);
                }
            }
            Err(failure) => println!("{failure}"),
        }
    }
}
