//! The dependency parser: arc-eager with un-shifting and sentence breaks (Honnibal and Johnson 2015), greedy.

use super::scorer::{Encoded, Features, Scorer};
use crate::kernel::Kernel;
use crate::model::{Container, ModelError};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Action {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

struct Move {
    action: Action,
    label: u16,
}

/// The parser's moves and network.
pub struct Parser {
    scorer: Scorer,
    moves: Vec<Move>,
    labels: Vec<String>,
    root: u16,
}

/// An arc to each token: its head (its own index without one) and the index of its label.
#[derive(Default)]
pub struct Arcs {
    pub heads: Vec<usize>,
    pub labels: Vec<u16>,
}

const NONE: i32 = -1;

/// The state: a stack, a buffer of which tokens that came back from the stack are the front, and arcs.
#[derive(Default)]
struct State {
    n: i32,
    stack: Vec<i32>,
    returned: Vec<i32>,
    next: i32,
    heads: Vec<i32>,
    labels: Vec<u16>,
    /// Last attached dependent on the left and right of each token, and before each dependent the one attached earlier.
    last_left: Vec<i32>,
    last_right: Vec<i32>,
    earlier: Vec<i32>,
    came_back: Vec<bool>,
    is_start: Vec<bool>,
}

impl State {
    fn new(n: usize) -> Self {
        let mut is_start = vec![false; n];
        if let Some(first) = is_start.first_mut() {
            *first = true;
        }
        State {
            n: n as i32,
            heads: vec![NONE; n],
            labels: vec![0; n],
            last_left: vec![NONE; n],
            last_right: vec![NONE; n],
            earlier: vec![NONE; n],
            came_back: vec![false; n],
            is_start,
            ..State::default()
        }
    }

    fn s(&self, i: usize) -> i32 {
        self.stack.len().checked_sub(i + 1).map_or(NONE, |i| self.stack[i])
    }

    fn b(&self, i: usize) -> i32 {
        if let Some(i) = self.returned.len().checked_sub(i + 1) {
            return self.returned[i];
        }
        let b = self.next + (i - self.returned.len()) as i32;
        if b < self.n { b } else { NONE }
    }

    fn buffer_len(&self) -> usize {
        (self.n - self.next) as usize + self.returned.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_len() == 0
    }

    fn places(&self) -> [i32; 8] {
        let of = |list: &[i32], token: i32| if token < 0 { NONE } else { list[token as usize] };
        let (b0, s0) = (self.b(0), self.s(0));
        let (left, right) = (&self.last_left, &self.last_right);
        [b0, self.b(1), s0, self.s(1), self.s(2), of(left, b0), of(left, s0), of(right, s0)]
    }

    /// Which of shift, reduce, left, right and break may be done.
    fn valid(&self) -> [bool; 5] {
        let (stack, buffer) = (self.stack.len(), self.buffer_len());
        let (b0, b1) = (self.b(0), self.b(1));
        let at_start = b0 >= 0 && self.is_start[b0 as usize];
        let arc = stack > 0 && buffer > 0 && !at_start;
        let shift = stack == 0 || buffer >= 2 && !at_start && !self.came_back[b0 as usize];
        let brk = buffer >= 2 && b1 == b0 + 1 && !self.is_start[b1 as usize];
        [shift, stack > 0, arc, arc, brk]
    }

    fn push(&mut self) {
        let token = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    fn attach(&mut self, head: i32, child: i32, label: u16) {
        let c = child as usize;
        let old = self.heads[c];
        if old >= 0 {
            // An arc is only ever replaced while its dependent is the last one that was attached to that head.
            let last = if old > child { &mut self.last_left } else { &mut self.last_right };
            if last[old as usize] == child {
                last[old as usize] = self.earlier[c];
            }
        }
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        self.earlier[c] = std::mem::replace(&mut last[head as usize], child);
        self.heads[c] = head;
        self.labels[c] = label;
    }

    fn apply(&mut self, m: &Move) {
        let (s0, b0) = (self.s(0), self.b(0));
        match m.action {
            Action::Shift => self.push(),
            Action::Reduce => {
                self.stack.pop();
                if self.heads[s0 as usize] < 0 && !self.stack.is_empty() {
                    self.came_back[s0 as usize] = true;
                    self.returned.push(s0);
                }
            }
            Action::Left => {
                self.attach(b0, s0, m.label);
                self.came_back[b0 as usize] = false;
                self.stack.pop();
            }
            Action::Right => {
                self.attach(s0, b0, m.label);
                self.push();
            }
            Action::Break => {
                let b1 = self.b(1);
                self.is_start[b1 as usize] = true;
            }
        }
    }
}

impl Parser {
    /// Places: the first two of the buffer, the first three of the stack, last left dependents of both fronts, last right
    /// dependent of the stack's.
    const PLACES: usize = 8;

    pub fn read(model: &Container, width: usize) -> Result<Self, ModelError> {
        let scorer = Scorer::read(model, "parser", width, Self::PLACES)?;
        let mut labels: Vec<String> = Vec::new();
        let mut label = |name: &str| {
            labels.iter().position(|l| l == name).unwrap_or_else(|| {
                labels.push(name.to_owned());
                labels.len() - 1
            }) as u16
        };
        let root = label("ROOT");
        let mut moves = Vec::new();
        for name in model.strings("parser.moves")?.iter() {
            let (action, name) =
                name.split_once('-').ok_or_else(|| ModelError::array("parser.moves", "unknown move"))?;
            let action = match action {
                "S" => Action::Shift,
                "D" => Action::Reduce,
                "L" => Action::Left,
                "R" => Action::Right,
                "B" => Action::Break,
                _ => return Err(ModelError::array("parser.moves", "unknown move")),
            };
            moves.push(Move { action, label: label(name) });
        }
        Ok(Parser { scorer, moves, labels, root })
    }

    /// Names of labels, by index.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Parses a document of `n` tokens.
    pub fn parse(&self, kernel: Kernel, n: usize, encoded: &mut dyn Encoded, features: &mut Features) -> Arcs {
        self.scorer.begin(n, features);
        let mut state = State::new(n);
        while !state.is_final() {
            let valid = state.valid();
            let best = if state.buffer_len() == 0 {
                self.moves.iter().position(|m| m.action == Action::Reduce)
            } else {
                let scores = self.scorer.scores(kernel, &state.places(), encoded, features);
                best(scores, self.moves.iter().map(|m| valid[m.action as usize]))
            };
            match best {
                Some(best) => state.apply(&self.moves[best]),
                None => break,
            }
        }
        let heads = (0..n).map(|i| if state.heads[i] < 0 { i } else { state.heads[i] as usize }).collect();
        let labels = (0..n).map(|i| if state.heads[i] < 0 { self.root } else { state.labels[i] }).collect();
        Arcs { heads, labels }
    }
}

/// The first of the highest scores among valid moves.
pub fn best(scores: &[f32], valid: impl Iterator<Item = bool>) -> Option<usize> {
    let mut best = None;
    let mut best_score = f32::NEG_INFINITY;
    for (i, (&score, valid)) in scores.iter().zip(valid).enumerate() {
        if valid && (best.is_none() || score > best_score) {
            best = Some(i);
            best_score = score;
        }
    }
    best
}
