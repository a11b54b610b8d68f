//! How wide words stand on paper: Chinese signs take two half-width characters.

/// Half-width characters that a sign takes.
fn of_char(sign: char) -> usize {
    match sign {
        '\u{0}'..='\u{1f}' => 0,
        // Signs that Chinese fonts draw full-width: punctuation, arrows, comparison signs.
        '\u{1100}'..='\u{115f}'
        | '\u{2010}'..='\u{2bff}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// Width of a line in half-width characters.
#[must_use]
pub fn width(text: &str) -> usize {
    text.chars().map(of_char).sum()
}

/// Lines that a text fills in a column of this width, breaking anywhere between Chinese signs and at blanks else.
#[must_use]
pub fn lines(text: &str, column: usize) -> usize {
    let column = column.max(4);
    text.lines()
        .map(|line| {
            let (mut lines, mut used) = (1, 0);
            for piece in pieces(line) {
                let wide = width(piece);
                if used > 0 && used + wide > column {
                    lines += 1;
                    used = 0;
                }
                // A word wider than the column is cut.
                lines += wide.saturating_sub(1) / column;
                used = if wide > column { wide % column } else { used + wide };
            }
            lines
        })
        .sum::<usize>()
        .max(1)
}

/// Width of the longest stretch that no line breaks.
#[must_use]
pub fn longest_word(text: &str) -> usize {
    text.lines().flat_map(pieces).map(|piece| width(piece.trim_end())).max().unwrap_or(0)
}

/// Pieces that are not broken: single wide signs, and runs of narrow ones with the blank after them.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, sign) in line.char_indices() {
        let breaks = last.is_some_and(|last| last == ' ' || of_char(last) == 2 || of_char(sign) == 2);
        if breaks {
            pieces.push(&line[start..at]);
            start = at;
        }
        last = Some(sign);
    }
    pieces.push(&line[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_twice_as_wide() {
        assert_eq!(width("财务股 A1"), 9);
        assert_eq!(lines("财务股财务股", 6), 2);
        assert_eq!(lines("one two three", 8), 2);
        assert_eq!(lines("abcdefghijkl", 5), 3);
        assert_eq!(lines("", 5), 1);
        assert_eq!(lines("a\nb", 5), 2);
        assert_eq!(longest_word("Months overdue"), 7);
        assert_eq!(longest_word("超期月数"), 2);
    }
}
