//! Building `data/` from named public packages, golden files, benchmarks, evaluation: `cargo xtask NAME [ARGS]`.
//!
//! Each task is a module with `run(args)`; this file only chooses.

mod bench_intake;
mod bench_link;
mod bench_serve;
mod bench_syntax;
mod evaluate;
mod frequency;
mod gazetteer;
mod golden;
mod model;
mod program;
mod senses;
mod spacy;

const TASKS: &str = "bench-intake, bench-link, bench-serve, bench-syntax, evaluate, frequencies, gazetteer, golden, model, region-points, senses";

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.split_first() {
        Some((name, rest)) => match name.as_str() {
            "bench-intake" => bench_intake::run(rest),
            "bench-link" => bench_link::run(rest),
            "bench-serve" => bench_serve::run(rest),
            "bench-syntax" => bench_syntax::run(rest),
            "evaluate" => evaluate::run(rest),
            "frequencies" => frequency::run(rest),
            "gazetteer" => gazetteer::run(rest),
            "golden" => golden::run(rest),
            "model" => model::run(rest),
            "region-points" => gazetteer::regions::run(rest),
            "senses" => senses::run(rest),
            _ => anyhow::bail!("no task {name:?}; tasks: {TASKS}"),
        },
        None => anyhow::bail!("usage: cargo xtask NAME [ARGS]; tasks: {TASKS}"),
    }
}
