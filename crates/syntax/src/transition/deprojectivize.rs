//! Arcs that the parser drew elsewhere because they cross others are moved to where they belong (Nivre and Nilsson 2005): the
//! label `prep||dobj` says that the head is a `dobj` below the present head. Then sentences follow from the trees.

use std::collections::HashMap;

/// Leftmost and rightmost token of each subtree, as spaCy finds them: passes in both directions until every head lies in the
/// sentence of its dependents, at most twelve.
fn edges(heads: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let n = heads.len();
    let (mut left, mut right): (Vec<usize>, Vec<usize>) = ((0..n).collect(), (0..n).collect());
    for _ in 0..12 {
        for i in (0..n).chain((0..n).rev()) {
            let head = heads[i];
            left[head] = left[head].min(left[i]);
            right[head] = right[head].max(right[i]);
        }
        if heads_lie_within_sentences(heads, &left) {
            break;
        }
    }
    (left, right)
}

fn heads_lie_within_sentences(heads: &[usize], left: &[usize]) -> bool {
    let n = heads.len();
    let mut is_start = vec![false; n];
    (0..n).filter(|&i| heads[i] == i).for_each(|i| is_start[left[i]] = true);
    let mut start = 0;
    for (i, is_start) in is_start.into_iter().enumerate() {
        if i > 0 && is_start || i + 1 == n {
            if (start..i).any(|j| heads[j] < start || heads[j] > i) {
                return false;
            }
            start = i;
        }
    }
    true
}

/// Which tokens begin a sentence: the left edges of roots.
pub fn sentence_starts(heads: &[usize]) -> Vec<bool> {
    let (left, _) = edges(heads);
    let mut starts = vec![false; heads.len()];
    (0..heads.len()).filter(|&i| heads[i] == i).for_each(|i| starts[left[i]] = true);
    starts
}

/// Moves arcs whose label names the label of their true head. `decorated` gives, for such a label, the label itself and that
/// of the head. The head is the first token so labelled, breadth first and from left to right below the present head, that is
/// not white space; without one the arc stays.
pub fn deprojectivize(
    heads: &mut [usize],
    labels: &mut [u16],
    decorated: &[Option<(u16, u16)>],
    is_space: impl Fn(usize) -> bool,
) {
    if labels.iter().all(|&l| decorated[l as usize].is_none()) {
        return;
    }
    let n = heads.len();
    let (left, right) = edges(heads);
    let mut first = vec![0usize; n + 1];
    (0..n).filter(|&i| heads[i] != i).for_each(|i| first[heads[i] + 1] += 1);
    (0..n).for_each(|i| first[i + 1] += first[i]);
    let mut next = first.clone();
    let mut children = vec![0usize; first[n]];
    for i in (0..n).filter(|&i| heads[i] != i) {
        children[next[heads[i]]] = i;
        next[heads[i]] += 1;
    }
    let mut moved: HashMap<usize, Vec<usize>> = HashMap::new();
    for token in 0..n {
        let Some((label, head_label)) = decorated[labels[token] as usize] else { continue };
        let mut queue = vec![heads[token]];
        let mut at = 0;
        let mut found = None;
        'search: while at < queue.len() {
            let head = queue[at];
            at += 1;
            let mut below: Vec<usize> = children[first[head]..first[head + 1]].to_vec();
            if let Some(moved) = moved.get(&head) {
                below.extend(moved.iter().filter(|&&c| left[head] <= c && c <= right[head]));
                below.sort_unstable();
            }
            for child in below {
                if heads[child] != head || is_space(child) || child == token {
                    continue;
                }
                if labels[child] == head_label {
                    found = Some(child);
                    break 'search;
                }
                queue.push(child);
            }
        }
        if let Some(head) = found {
            heads[token] = head;
            moved.entry(head).or_default().push(token);
        }
        labels[token] = label;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_at_the_left_edges_of_roots() {
        // "Shelling stopped . Rain fell ."
        assert_eq!(sentence_starts(&[1, 1, 1, 4, 4, 4]), [true, false, false, true, false, false]);
        assert!(sentence_starts(&[]).is_empty());
    }

    #[test]
    fn a_decorated_arc_moves_to_the_head_it_names() {
        // 0 = ROOT, 1 = dobj, 2 = prep, 3 = prep||dobj
        let decorated = [None, None, None, Some((2, 1))];
        let (mut heads, mut labels) = (vec![0, 0, 0], vec![0, 1, 3]);
        deprojectivize(&mut heads, &mut labels, &decorated, |_| false);
        assert_eq!((heads, labels), (vec![0, 0, 1], vec![0, 1, 2]));
    }

    #[test]
    fn without_such_a_head_only_the_label_changes() {
        let decorated = [None, None, None, Some((2, 1))];
        let (mut heads, mut labels) = (vec![0, 0, 0], vec![0, 2, 3]);
        deprojectivize(&mut heads, &mut labels, &decorated, |_| false);
        assert_eq!((heads, labels), (vec![0, 0, 0], vec![0, 2, 2]));
    }
}
