//! Hands the cases of a run to a scheduler that is there already: nothing of a scheduler is written here.

pub mod kubernetes;
pub mod slurm;

/// Tasks that `cases` make at `chunk` cases each.
#[must_use]
pub fn tasks(cases: usize, chunk: usize) -> usize {
    cases.div_ceil(chunk.max(1))
}

/// Which cases a task works on.
#[must_use]
pub fn cases_of(task: usize, chunk: usize) -> std::ops::Range<usize> {
    let chunk = chunk.max(1);
    task.saturating_mul(chunk)..task.saturating_add(1).saturating_mul(chunk)
}

/// A word as a POSIX shell takes it for one word, whatever it holds.
#[must_use]
pub fn quoted(word: &str) -> String {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_./=:,@%+".contains(sign);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_in_one_task() {
        for (cases, chunk) in [(0, 1), (1, 1), (7, 3), (9, 3), (10, 100)] {
            let all: Vec<usize> =
                (0..tasks(cases, chunk)).flat_map(|task| cases_of(task, chunk)).filter(|case| *case < cases).collect();
            assert_eq!(all, (0..cases).collect::<Vec<_>>());
        }
    }

    #[test]
    fn words_stay_one_word() {
        assert_eq!(quoted("/a/b-1.x"), "/a/b-1.x");
        assert_eq!(quoted("批 量"), "'批 量'");
        assert_eq!(quoted("it's $HOME"), "'it'\\''s $HOME'");
        assert_eq!(quoted(""), "''");
    }
}
