//! Blocking in memory: profiles filed under their keys, one after the other.
use crate::Linker;
use crate::profile::{Key, Profile};
use std::collections::HashMap;

/// Profiles by number, filed under their keys. Holds the keys only, not the profiles.
#[derive(Default)]
pub struct Filing {
    filed: HashMap<u64, Vec<u32>>,
    /// For each profile, what it shares with the one that is looked up; all zero in between.
    shared: Vec<u32>,
}

impl Filing {
    /// Nothing filed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Files a profile under the next number, from 0; answers the numbers of those before it that share enough keys with
    /// it, in no order.
    pub fn file(&mut self, linker: &Linker, profile: &Profile) -> Vec<u32> {
        let mut met: Vec<u32> = Vec::new();
        for key in linker.wanted(profile) {
            for &other in self.filed.get(&key.hash).into_iter().flatten() {
                if self.shared[other as usize] == 0 {
                    met.push(other);
                }
                self.shared[other as usize] += u32::from(key.share);
            }
        }
        met.retain(|&other| std::mem::take(&mut self.shared[other as usize]) >= Key::ENOUGH);
        let number = self.shared.len() as u32;
        self.shared.push(0);
        for key in linker.keys(profile) {
            self.filed.entry(key.hash).or_default().push(number);
        }
        met
    }
}
