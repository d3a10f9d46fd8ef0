//! The same analyses as spaCy: `data/syntax/golden` holds what spaCy 3.8 made of some 19,000 tokens of written and generated
//! text (`cargo xtask golden`), and `differences.tsv` every value that is another here, with the reason. A difference that
//! is not listed fails, and so does one that is listed and gone.

use std::collections::BTreeSet;
use std::path::PathBuf;
use variorum_syntax::{Kernel, Pipeline, to_json};

fn read(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/syntax").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A token as spaCy has it.
struct Token {
    text: String,
    space: bool,
    class: usize,
    lemma: String,
    dep: String,
    head: isize,
    starts_sentence: bool,
    entity: String,
}

struct Golden {
    classes: Vec<[String; 3]>,
    texts: Vec<Vec<Token>>,
}

fn golden(model: &str) -> Golden {
    let mut golden = Golden { classes: Vec::new(), texts: Vec::new() };
    for line in read(&format!("golden/{model}.tsv")).lines() {
        if let Some(class) = line.strip_prefix("# class ") {
            let fields: Vec<&str> = class.split(' ').collect();
            assert_eq!(fields[0], golden.classes.len().to_string());
            golden.classes.push([1, 2, 3].map(|i| fields[i].to_owned()));
        } else if line.starts_with("# text ") {
            golden.texts.push(Vec::new());
        } else if !line.starts_with("# made with ") {
            let fields: Vec<&str> = line.split('\t').collect();
            let unquoted = |s: &str| serde_json::from_str::<String>(&format!("\"{s}\"")).unwrap();
            let text = unquoted(fields[0]);
            let lemma = match fields[3] {
                "=" => text.clone(),
                "~" => text.to_lowercase(),
                other => unquoted(other),
            };
            golden.texts.last_mut().unwrap().push(Token {
                text,
                space: fields[1] == "_",
                class: fields[2].parse().unwrap(),
                lemma,
                dep: fields[4].to_owned(),
                head: fields[5].parse().unwrap(),
                starts_sentence: fields[6] == "|",
                entity: fields[7].to_owned(),
            });
        }
    }
    golden
}

impl Golden {
    /// A text: spaCy's tokens and the spaces between them.
    fn text(&self, i: usize) -> String {
        self.texts[i].iter().flat_map(|t| [t.text.as_str(), if t.space { " " } else { "" }]).collect()
    }
}

/// Values that differ, as lines of `differences.tsv` without the reason; and the number of tokens with such values.
fn differences(model: &str, golden: &Golden, nlp: &Pipeline) -> (BTreeSet<String>, usize) {
    let (mut lines, mut n_tokens) = (BTreeSet::new(), 0);
    for (n, expected) in golden.texts.iter().enumerate() {
        let doc = nlp.parse(&golden.text(n));
        let words: Vec<&str> = doc.tokens().map(|t| t.text()).collect();
        if words != expected.iter().map(|t| t.text.as_str()).collect::<Vec<_>>() {
            lines.insert(format!("{model}\t{n}\t*\ttokens\t\t"));
            n_tokens += expected.len();
            continue;
        }
        for (token, e) in doc.tokens().zip(expected) {
            let entity = match token.entity() {
                Some(entity) if entity.start == token.i() => format!("B-{}", entity.label),
                Some(entity) => format!("I-{}", entity.label),
                None => String::new(),
            };
            let head = token.head().i() as isize - token.i() as isize;
            let starts = token.sent().start == token.i();
            let [tag, pos, morph] = &golden.classes[e.class];
            let values = [
                ("tag", tag.clone(), token.tag().to_owned()),
                ("pos", pos.clone(), token.pos().to_owned()),
                ("morph", morph.clone(), token.morph().to_owned()),
                ("lemma", e.lemma.clone(), token.lemma().to_owned()),
                ("dep", e.dep.clone(), token.dep().to_owned()),
                ("head", e.head.to_string(), head.to_string()),
                ("start", e.starts_sentence.to_string(), starts.to_string()),
                ("entity", e.entity.clone(), entity),
            ];
            let before = lines.len();
            for (field, theirs, ours) in values.into_iter().filter(|v| v.1 != v.2) {
                lines.insert(format!("{model}\t{n}\t{}\t{field}\t{theirs}\t{ours}", token.i()));
            }
            n_tokens += (lines.len() > before) as usize;
        }
    }
    (lines, n_tokens)
}

fn check(model: &str, kernel: Kernel, nlp: &Pipeline) {
    let golden = golden(model);
    let n: usize = golden.texts.iter().map(Vec::len).sum();
    let (found, n_tokens) = differences(model, &golden, nlp);
    let same = 1.0 - n_tokens as f64 / n as f64;
    println!("{model}, {kernel:?}: {:.4} % of {n} tokens are the same", same * 100.0);
    assert!(same >= 0.999, "{model}, {kernel:?}: {n_tokens} of {n} tokens differ");
    let listed = read("golden/differences.tsv");
    let listed: BTreeSet<String> = listed
        .lines()
        .filter(|l| l.starts_with(&format!("{model}\t")))
        .map(|l| l.split('\t').take(6).collect::<Vec<_>>().join("\t"))
        .collect();
    let new: Vec<&String> = found.difference(&listed).collect();
    let gone: Vec<&String> = listed.difference(&found).collect();
    assert!(new.is_empty() && gone.is_empty(), "{kernel:?}: not listed: {new:#?}\nlisted, but gone: {gone:#?}");
}

fn available() -> impl Iterator<Item = Kernel> {
    [Kernel::Portable, Kernel::Avx2, Kernel::Avx512].into_iter().filter(|k| k.is_available())
}

#[test]
fn medium_model_with_every_kernel() {
    for kernel in available() {
        check("en_core_web_md", kernel, &Pipeline::load_for(kernel).unwrap());
    }
}

#[test]
fn small_model() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/syntax/en_core_web_sm.model");
    check("en_core_web_sm", Kernel::detect(), &Pipeline::from_file(path).unwrap());
}

#[test]
fn golden_text_is_long_and_odd_enough() {
    let golden = golden("en_core_web_md");
    assert!(golden.texts.iter().map(Vec::len).sum::<usize>() >= 10_000);
    let all: String = (0..golden.texts.len()).map(|i| golden.text(i)).collect();
    for odd in ["\u{a0}", "\u{200b}", "“", "«", "’", "•", "…", "\r\n", "😡", "٢", "http://", ":-(", "1,200", "U.N."]
    {
        assert!(all.contains(odd), "{odd:?}");
    }
    assert!(golden.texts.iter().any(|t| t.len() > 20 && t.iter().all(|t| t.text.to_uppercase() == t.text)));
}

/// The encoders' outputs, of magnitudes up to about 10, differ by less than this: the static vectors and the embedding
/// tables are half floats here. With full floats, the difference is below 1e-5.
const ACTIVATION_TOLERANCE: f32 = 2e-3;

#[test]
fn activations() {
    let golden = golden("en_core_web_md");
    let file = read("golden/activations.tsv");
    let mut lines = file.lines();
    let head = lines.next().unwrap();
    let texts: Vec<usize> = serde_json::from_str(&head[head.find('[').unwrap()..=head.find(']').unwrap()]).unwrap();
    for kernel in available() {
        let nlp = Pipeline::load_for(kernel).unwrap();
        let mut rows = lines.clone();
        let (mut largest, mut n) = (0f32, 0);
        for &text in &texts {
            let [shared, own] = nlp.encode(&golden.text(text));
            let width = shared.len() / golden.texts[text].len();
            for (a, b) in shared.chunks_exact(width).zip(own.chunks_exact(width)) {
                let expected: Vec<f32> = rows.next().unwrap().split('\t').map(|x| x.parse().unwrap()).collect();
                assert_eq!(expected.len(), 2 * width);
                let differences = a.iter().chain(b).zip(&expected).map(|(a, e)| (a - e).abs());
                largest = differences.fold(largest, f32::max);
                n += 1;
            }
        }
        assert!(n > 50 && rows.next().is_none());
        println!("{kernel:?}: activations of {n} tokens differ by at most {largest:.1e}");
        assert!(largest < ACTIVATION_TOLERANCE, "{kernel:?}: {largest}");
    }
}

#[test]
fn json_is_what_spacy_writes() {
    let nlp = Pipeline::load().unwrap();
    let mut n = 0;
    for line in read("golden/to_json.jsonl").lines() {
        let theirs: serde_json::Value = serde_json::from_str(line).unwrap();
        let ours = serde_json::to_string(&to_json(&nlp.parse(theirs["text"].as_str().unwrap()))).unwrap();
        assert_eq!(ours, line);
        n += 1;
    }
    assert!(n >= 5);
}
