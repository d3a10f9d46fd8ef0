//! Lists in pages: a cursor is the id of the last item of the page before.
use super::Failed;
use serde::Deserialize;

/// Which page is wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Paging {
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Items of a page unless told otherwise, and at most.
const USUAL: usize = 100;
const MOST: usize = 1000;

impl Paging {
    /// One page of a list, with the cursor that opens the next.
    pub(crate) fn cut<T>(
        &self,
        all: Vec<T>,
        id: impl for<'t> Fn(&'t T) -> &'t str,
    ) -> Result<(Vec<T>, Option<String>), Failed> {
        let limit = self.limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(Failed::bad(format!("limit is a number from 1 to {MOST}")));
        }
        let first = match &self.cursor {
            None => 0,
            Some(last) => {
                let at = all.iter().position(|item| id(item) == last);
                at.ok_or_else(|| Failed::bad("the list has changed since this cursor was made; begin anew"))? + 1
            }
        };
        let total = all.len();
        let items: Vec<T> = all.into_iter().skip(first).take(limit).collect();
        let next = items.last().filter(|_| first + items.len() < total).map(|item| id(item).to_owned());
        Ok((items, next))
    }
}
