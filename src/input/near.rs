//! What a misspelt word may have meant. Suggestions are shown, never taken.

use super::schema::heading_key;

/// Stands in messages where nothing is near.
pub const NONE: &str = "none";

/// How far two words are apart, 0 (equal) to 1.
fn distance(a: &str, b: &str) -> f64 {
    1.0 - strsim::normalized_damerau_levenshtein(a, b)
}

/// Whether one is so near to the other that it is more likely a slip than another word. Two characters of Chinese are
/// a whole word (职务, 职级), so short words must be alike but for punctuation.
#[must_use]
pub fn is_near_miss(word: &str, known: &str) -> bool {
    let (word, known) = (heading_key(word), heading_key(known));
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if letters(&word) == letters(&known) {
        return true;
    }
    let length = known.chars().count();
    let wide = !known.is_ascii();
    let allowed = match (wide, length) {
        (true, 0..=3) | (false, 0..=4) => 0,
        (true, _) | (false, 5..=7) => 1,
        (false, _) => 2,
    };
    strsim::osa_distance(&word, &known) <= allowed
}

/// Up to three known words nearest to `word`, nearest first, joined for a message; [`NONE`] where none is near.
pub fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    suggest_labelled(word, known.into_iter().map(|candidate| (candidate, candidate)))
}

/// As [`suggest`], for things known by one text and shown by another.
pub fn suggest_labelled<'a, L: AsRef<str> + Ord>(word: &str, known: impl IntoIterator<Item = (&'a str, L)>) -> String {
    let word = heading_key(word);
    let mut ranked: Vec<(f64, L)> = known
        .into_iter()
        .map(|(candidate, label)| {
            let key = heading_key(candidate);
            let inside = !word.is_empty() && !key.is_empty() && (key.contains(&word) || word.contains(&key));
            let far = distance(&word, &key);
            (if inside { far.min(0.45) } else { far }, label)
        })
        .filter(|(far, _)| *far <= 0.5)
        .collect();
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    let mut shown: Vec<&str> = Vec::new();
    for (_, label) in &ranked {
        if shown.len() < 3 && !shown.contains(&label.as_ref()) {
            shown.push(label.as_ref());
        }
    }
    if shown.is_empty() { NONE.to_owned() } else { shown.join(" / ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        assert!(is_near_miss("post_sinse", "post_since"));
        assert!(is_near_miss("Post Since", "post_since"));
        assert!(is_near_miss("任现岗位时问", "任现岗位时间"));
        assert!(!is_near_miss("职务", "职级"));
        assert!(!is_near_miss("备注", "姓名"));
        assert!(!is_near_miss("remark", "name"));
    }

    #[test]
    fn suggestions_are_ranked_or_none() {
        assert_eq!(suggest("stafff", ["staff", "posts", "fit"]), "staff");
        assert_eq!(suggest("本科学历", ["高中", "大专", "本科"]), "本科");
        assert_eq!(suggest("xyz", ["staff", "posts"]), NONE);
    }
}
