//! The pipeline: all components, in order.

use crate::doc::{Doc, Entity, Interner, Row};
use crate::kernel::{Kernel, Matrix, gemm};
use crate::lemmatizer::Lemmatizer;
use crate::lexeme::Lexicon;
use crate::model::{Bytes, Container, ModelError, Symbols, Vectors};
use crate::ruler::{Facts, Outcomes, Ruler};
use crate::tok2vec::{Input, Scratch, Tok2Vec, TypeCache};
use crate::tokenizer::{ChunkCache, RawToken, Tokenizer};
use crate::transition::{Encoded, EntityRecognizer, Features, Parser, Span, deprojectivize, sentence_starts};
use smol_str::SmolStr;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Why a pipeline cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] ErrorKind);

#[derive(Debug, thiserror::Error)]
enum ErrorKind {
    #[error("cannot read the model {path}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("the model cannot be used")]
    Model(#[from] ModelError),
    #[error("this processor does not run the kernel {0:?}")]
    Kernel(Kernel),
}

#[repr(align(64))]
struct Aligned<T: ?Sized>(T);

static EN_CORE_WEB_MD: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../data/syntax/en_core_web_md.model"));

/// A loaded English pipeline: tokenizer, tagger, parser, attribute ruler, lemmatizer and entity recogniser.
///
/// It is shared by reference among threads; each call of [`parse`](Self::parse) borrows one of its workers, which hold what
/// they have computed of the words they have met.
///
/// ```
/// let nlp = variorum_syntax::Pipeline::load()?;
/// let doc = nlp.parse("Two shells hit the depot in Northfield.");
/// assert_eq!(doc.token(2).lemma(), "hit");
/// assert_eq!(doc.token(2).child("nsubj").map(|t| t.text()), Some("shells"));
/// # Ok::<(), variorum_syntax::Error>(())
/// ```
pub struct Pipeline {
    meta: Meta,
    kernel: Kernel,
    symbols: Symbols,
    tokenizer: Tokenizer,
    vectors: Option<Vectors>,
    shared: Tok2Vec,
    own: Tok2Vec,
    tagger: Matrix,
    tagger_bias: Vec<f32>,
    n_tags: usize,
    parser: Parser,
    decorated: Vec<Option<(u16, u16)>>,
    ner: EntityRecognizer,
    ner_labels: Vec<SmolStr>,
    ruler: Ruler,
    /// Labels as they stand in documents, and the number there of each tag, part of speech, set of features and label.
    labels: Arc<[SmolStr]>,
    numbers: [Vec<u16>; 4],
    lemmatizer: Lemmatizer,
    workers: Mutex<Vec<Worker>>,
}

/// What the model says of itself.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Meta {
    /// Language: `en`.
    pub lang: String,
    /// Name without the language: `core_web_md`.
    pub name: String,
    /// Version: `3.8.0`.
    pub version: String,
    /// Licence: `MIT`.
    pub license: String,
}

/// Caches and buffers of one thread at work.
#[derive(Default)]
struct Worker {
    lexicon: Lexicon,
    chunks: ChunkCache,
    tokens: Vec<RawToken>,
    shared: TypeCache,
    own: TypeCache,
    scratch: Scratch,
    features: Features,
    tag_scores: Vec<f32>,
    outcomes: Outcomes,
    lemmas: HashMap<(u32, u16, u16), SmolStr, foldhash::fast::FixedState>,
}

/// Word types and chunks that a worker remembers before it starts afresh.
const MOST_LEXEMES: usize = 60_000;

impl Worker {
    fn trim(&mut self) {
        if self.lexicon.len() > MOST_LEXEMES || self.chunks.len() > MOST_LEXEMES || self.lemmas.len() > MOST_LEXEMES {
            self.lexicon.clear();
            self.chunks.clear();
            self.shared.clear();
            self.own.clear();
            self.lemmas.clear();
        }
    }
}

impl Pipeline {
    /// Loads the model that is built in, `en_core_web_md`.
    ///
    /// # Errors
    /// None that can occur with an unchanged model.
    pub fn load() -> Result<Self, Error> {
        Self::load_for(Kernel::detect())
    }

    /// Loads the model that is built in, and computes with the given kernel. All kernels give the same analyses, at
    /// different speeds.
    ///
    /// # Errors
    /// If this processor does not run the kernel.
    pub fn load_for(kernel: Kernel) -> Result<Self, Error> {
        Self::new(Bytes::Static(&EN_CORE_WEB_MD.0), kernel)
    }

    /// Loads a model from a file that `cargo xtask model` wrote, such as `data/syntax/en_core_web_sm.model`.
    ///
    /// # Errors
    /// If the file cannot be read, or is no such model.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|source| ErrorKind::Read { path: path.to_owned(), source })?;
        Self::from_bytes(bytes)
    }

    /// Loads a model from the bytes of such a file.
    ///
    /// # Errors
    /// If the bytes are no such model.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, Error> {
        Self::new(bytes.into().into(), Kernel::detect())
    }

    fn new(bytes: Bytes, kernel: Kernel) -> Result<Self, Error> {
        if !kernel.is_available() {
            return Err(ErrorKind::Kernel(kernel).into());
        }
        Ok(Self::read(bytes, kernel).map_err(ErrorKind::Model)?)
    }

    fn read(bytes: Bytes, kernel: Kernel) -> Result<Self, ModelError> {
        let model = Container::read(bytes)?;
        let symbols = Symbols::read(&model)?;
        let tokenizer = Tokenizer::read(&model, &symbols)?;
        let vectors = Vectors::read(&model)?;
        let shared = Tok2Vec::read(&model, "tok2vec", vectors.as_ref())?;
        let own = Tok2Vec::read(&model, "ner", vectors.as_ref())?;

        let tags: Vec<SmolStr> = model.strings("tagger.labels")?.iter().map(SmolStr::from).collect();
        let (w, b) = (model.floats("tagger.W", 2)?, model.floats("tagger.b", 1)?);
        if w.dims() != [tags.len(), shared.width()] || b.dims() != [tags.len()] || tags.is_empty() {
            return Err(ModelError::array("tagger", "has unexpected dimensions"));
        }
        let (n_tags, k, w) = (tags.len(), shared.width(), w.floats());
        let tagger = Matrix::pack(k, n_tags, |i, j| w[j * k + i]);
        let mut tagger_bias = b.floats();
        tagger_bias.resize(tagger.width(), 0.0);

        let parser = Parser::read(&model, shared.width())?;
        let mut deps: Vec<SmolStr> = parser.labels().iter().map(SmolStr::from).collect();
        let mut decorated = vec![None; deps.len()];
        for i in 0..decorated.len() {
            let Some((label, head)) =
                deps[i].clone().split_once("||").map(|(l, h)| (SmolStr::from(l), SmolStr::from(h)))
            else {
                continue;
            };
            let mut number = |name: SmolStr| match deps.iter().position(|d| *d == name) {
                Some(i) => i as u16,
                None => {
                    deps.push(name);
                    deps.len() as u16 - 1
                }
            };
            decorated[i] = Some((number(label), number(head)));
        }
        decorated.resize(deps.len(), None);
        let ner = EntityRecognizer::read(&model, own.width())?;
        let ner_labels = ner.labels().iter().map(SmolStr::from).collect();
        let ruler = Ruler::read(&model, tags, deps)?;
        let mut labels = Interner::default();
        let numbers = [&ruler.tags, &ruler.pos, &ruler.morphs, &ruler.deps]
            .map(|names| names.iter().map(|name| labels.number(name)).collect());
        let lemmatizer = Lemmatizer::read(&model)?;
        Ok(Pipeline {
            meta: model.json("meta")?,
            kernel,
            symbols,
            tokenizer,
            vectors,
            shared,
            own,
            tagger,
            tagger_bias,
            n_tags,
            parser,
            decorated,
            ner,
            ner_labels,
            ruler,
            labels: labels.names.into(),
            numbers,
            lemmatizer,
            workers: Mutex::default(),
        })
    }

    /// All labels that the model gives: tags, parts of speech, dependency labels, entity labels.
    pub fn labels(&self) -> [Vec<&str>; 4] {
        fn plain(list: &[SmolStr]) -> Vec<&str> {
            list.iter().map(SmolStr::as_str).filter(|l| !l.is_empty() && !l.contains("||")).collect()
        }
        [plain(&self.ruler.tags), plain(&self.ruler.pos), plain(&self.ruler.deps), plain(&self.ner_labels)]
    }

    /// What the model says of itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Whether a word in small letters is a form of a known verb, other than its base: "seizes", "killed".
    pub fn inflects(&self, word: &str) -> bool {
        self.lemmatizer.inflects(word)
    }

    /// Analyses a text. Never fails on text; of one longer than 4 GB, what lies beyond has no tokens.
    pub fn parse(&self, text: &str) -> Doc {
        if u32::try_from(text.len()).is_err() {
            return self.parse(&text[..text.floor_char_boundary(u32::MAX as usize)]);
        }
        let taken = self.workers.lock().ok().and_then(|mut workers| workers.pop());
        let mut worker = taken.unwrap_or_default();
        worker.trim();
        let doc = self.run(text, &mut worker);
        if let Ok(mut workers) = self.workers.lock() {
            workers.push(worker);
        }
        doc
    }

    /// The outputs of the two encoders (the one that tagger and parser share, and the entity recogniser's), one row a token: for comparing with other implementations.
    pub fn encode(&self, text: &str) -> [Vec<f32>; 2] {
        let mut w = Worker::default();
        self.tokenizer.tokenize(text, &self.symbols, &mut w.lexicon, &mut w.chunks, &mut w.tokens);
        let tokens = &w.tokens;
        let input = Input { kernel: self.kernel, tokens, lexicon: &w.lexicon, vectors: self.vectors.as_ref() };
        [&self.shared, &self.own].map(|encoder| {
            encoder.encode(&input, 0, tokens.len(), &mut TypeCache::default(), &mut w.scratch);
            w.scratch.encoded.clone()
        })
    }

    fn run(&self, text: &str, w: &mut Worker) -> Doc {
        self.tokenizer.tokenize(text, &self.symbols, &mut w.lexicon, &mut w.chunks, &mut w.tokens);
        let tokens = &w.tokens;
        let n = tokens.len();
        let input = Input { kernel: self.kernel, tokens, lexicon: &w.lexicon, vectors: self.vectors.as_ref() };
        let is_space = |i: usize| w.lexicon.get(tokens[i].lexeme).is_space;

        let encoder = Encoder { encoder: &self.shared, input: &input, cache: &mut w.shared, scratch: &mut w.scratch };
        let mut tagging = Tagging { nlp: self, encoder, tags: Vec::with_capacity(n), scores: &mut w.tag_scores };
        let mut arcs = self.parser.parse(self.kernel, n, &mut tagging, &mut w.features);
        let tags = tagging.tags;
        deprojectivize(&mut arcs.heads, &mut arcs.labels, &self.decorated, is_space);
        let starts = sentence_starts(&arcs.heads);

        let mut encoder = Encoder { encoder: &self.own, input: &input, cache: &mut w.own, scratch: &mut w.scratch };
        let spans = self.ner.find(self.kernel, &starts, is_space, &mut encoder, &mut w.features);

        let facts: Vec<Facts> = (0..n)
            .map(|i| {
                let lexeme = w.lexicon.get(tokens[i].lexeme);
                Facts { tag: tags[i], dep: arcs.labels[i], word: self.ruler.word(lexeme.lower), space: lexeme.is_space }
            })
            .collect();
        let [tag_numbers, pos_numbers, morph_numbers, dep_numbers] = &self.numbers;
        let mut rows = Vec::with_capacity(n);
        for (i, token) in tokens.iter().enumerate() {
            let outcome = self.ruler.apply(&facts, i, &mut w.outcomes);
            let (pos, morph) = (outcome.pos.unwrap_or(0), outcome.morph.unwrap_or(0));
            let lemma = self.ruler.lemma(&outcome).cloned().unwrap_or_else(|| {
                let lemmatize = || {
                    let (pos, morph) = (&self.ruler.pos[pos as usize], &self.ruler.morphs[morph as usize]);
                    self.lemmatizer.lemmatize(&text[token.start..token.end], pos, morph)
                };
                w.lemmas.entry((token.lexeme, pos, morph)).or_insert_with(lemmatize).clone()
            });
            rows.push(Row {
                start: token.start as u32,
                end: token.end as u32,
                head: arcs.heads[i] as u32,
                tag: tag_numbers[outcome.tag.unwrap_or(tags[i]) as usize],
                pos: pos_numbers[pos as usize],
                morph: morph_numbers[morph as usize],
                dep: dep_numbers[outcome.dep.unwrap_or(arcs.labels[i]) as usize],
                lemma,
            });
        }
        let mut sent_starts: Vec<usize> = (0..n).filter(|&i| starts[i]).collect();
        if n > 0 && sent_starts.first() != Some(&0) {
            sent_starts.insert(0, 0);
        }
        let label = |s: &Span| self.ner_labels[s.label as usize].clone();
        let entities = spans.iter().map(|s| Entity { start: s.start, end: s.end, label: label(s) }).collect();
        Doc::assemble(text.to_owned(), rows, self.labels.clone(), sent_starts, entities)
    }
}

/// An encoder at work on a document.
struct Encoder<'e> {
    encoder: &'e Tok2Vec,
    input: &'e Input<'e>,
    cache: &'e mut TypeCache,
    scratch: &'e mut Scratch,
}

impl Encoded for Encoder<'_> {
    fn rows(&mut self, from: usize, to: usize) -> &[f32] {
        self.encoder.encode(self.input, from, to, self.cache, self.scratch);
        &self.scratch.encoded
    }
}

/// The encoder that tagger and parser share: tokens are tagged when the parser first asks for them.
struct Tagging<'e> {
    nlp: &'e Pipeline,
    encoder: Encoder<'e>,
    tags: Vec<u16>,
    scores: &'e mut Vec<f32>,
}

impl Encoded for Tagging<'_> {
    fn rows(&mut self, from: usize, to: usize) -> &[f32] {
        let nlp = self.nlp;
        let encoded = self.encoder.rows(from, to);
        if from == self.tags.len() {
            let (weights, width) = (&nlp.tagger, nlp.tagger.width());
            self.scores.resize((to - from) * width, 0.0);
            gemm(nlp.kernel, encoded, nlp.shared.width(), to - from, weights, &nlp.tagger_bias, self.scores);
            self.tags.extend(self.scores.chunks_exact(width).map(|s| first_best(&s[..nlp.n_tags])));
        }
        encoded
    }
}

/// Index of the first of the highest scores.
fn first_best(scores: &[f32]) -> u16 {
    let mut best = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
    }
    best as u16
}
