//! The pipeline: all components, in order.

use crate::kernel::{Kernel, Matrix, gemm};
use crate::lemmatizer::Lemmatizer;
use crate::lexeme::Lexicon;
use crate::model::{Bytes, Container, ModelError, Symbols, Vectors};
use crate::ruler::{Facts, Outcomes, Ruler};
use crate::tok2vec::{Input, Scratch, Tok2Vec, TypeCache};
use crate::tokenizer::{ChunkCache, RawToken, Tokenizer};
use crate::transition::{EntityRecognizer, Features, Parser, deprojectivize, sentence_starts};
use crate::{Doc, Entity, TokenData};
use smol_str::SmolStr;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

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
/// Tokens that are encoded at a time.
const SEGMENT: usize = 128;

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
        Self::new(Bytes::Static(&EN_CORE_WEB_MD.0), Kernel::detect())
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

    /// Analyses a text. Never fails on text.
    pub fn parse(&self, text: &str) -> Doc {
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
        let n = w.tokens.len();
        let tokens = std::mem::take(&mut w.tokens);
        let input = Input { kernel: self.kernel, tokens: &tokens, lexicon: &w.lexicon, vectors: self.vectors.as_ref() };
        let is_space = |i: usize| w.lexicon.get(tokens[i].lexeme).is_space;

        let mut tags = Vec::with_capacity(n);
        self.parser.scorer().begin(&mut w.features);
        for from in (0..n).step_by(SEGMENT) {
            let to = n.min(from + SEGMENT);
            self.shared.encode(&input, from, to, &mut w.shared, &mut w.scratch);
            let encoded = &w.scratch.encoded;
            self.parser.scorer().add_tokens(self.kernel, encoded, &mut w.features);
            w.tag_scores.resize((to - from) * self.tagger.width(), 0.0);
            let rows = to - from;
            gemm(self.kernel, encoded, self.shared.width(), rows, &self.tagger, &self.tagger_bias, &mut w.tag_scores);
            tags.extend(w.tag_scores.chunks_exact(self.tagger.width()).map(|s| first_best(&s[..self.n_tags])));
        }
        let mut arcs = self.parser.parse(self.kernel, n, &mut w.features);
        deprojectivize(&mut arcs.heads, &mut arcs.labels, &self.decorated, is_space);
        let starts = sentence_starts(&arcs.heads);

        self.ner.scorer().begin(&mut w.features);
        for from in (0..n).step_by(SEGMENT) {
            self.own.encode(&input, from, n.min(from + SEGMENT), &mut w.own, &mut w.scratch);
            self.ner.scorer().add_tokens(self.kernel, &w.scratch.encoded, &mut w.features);
        }
        let spans = self.ner.find(self.kernel, n, &starts, is_space, &mut w.features);

        let facts: Vec<Facts> = (0..n)
            .map(|i| {
                let lexeme = w.lexicon.get(tokens[i].lexeme);
                Facts { tag: tags[i], dep: arcs.labels[i], word: self.ruler.word(lexeme.lower), space: lexeme.is_space }
            })
            .collect();
        let mut data = Vec::with_capacity(n);
        for (i, token) in tokens.iter().enumerate() {
            let outcome = self.ruler.apply(&facts, i, &mut w.outcomes);
            let (pos, morph) = (outcome.pos.unwrap_or(0), outcome.morph.unwrap_or(0));
            let (pos_name, morph_name) = (&self.ruler.pos[pos as usize], &self.ruler.morphs[morph as usize]);
            let lemma = self.ruler.lemma(&outcome).cloned().unwrap_or_else(|| {
                let word = &text[token.start..token.end];
                let key = (token.lexeme, pos, morph);
                w.lemmas.entry(key).or_insert_with(|| self.lemmatizer.lemmatize(word, pos_name, morph_name)).clone()
            });
            data.push(TokenData {
                start: token.start,
                end: token.end,
                tag: self.ruler.tags[outcome.tag.unwrap_or(tags[i]) as usize].clone(),
                pos: pos_name.clone(),
                morph: morph_name.clone(),
                lemma,
                dep: self.ruler.deps[outcome.dep.unwrap_or(arcs.labels[i]) as usize].clone(),
                head: arcs.heads[i],
            });
        }
        let mut sent_starts: Vec<usize> = (0..n).filter(|&i| starts[i]).collect();
        if n > 0 && sent_starts.first() != Some(&0) {
            sent_starts.insert(0, 0);
        }
        let entity = |s: &crate::transition::Span| Entity {
            start: s.start,
            end: s.end,
            label: self.ner_labels[s.label as usize].clone(),
        };
        let entities = spans.iter().map(entity).collect();
        w.tokens = tokens;
        Doc::new(text.to_owned(), data, sent_starts, entities)
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
