//! Fit scores: what people know against what posts ask for, with noise and gaps.

use super::District;
use super::draw::Draw;
use super::people::{Person, holds_level, qualifies};
use super::posts::Post;

/// (person, post, score), by person then post. A tenth of the pairs is missing, as in real assessments.
pub(super) fn scores(draw: &mut Draw, district: &District) -> Vec<(usize, usize, i32)> {
    let mut scores = Vec::new();
    let units = district.units.len();
    let mut posts_of = vec![Vec::new(); units];
    for (number, post) in district.posts.iter().enumerate() {
        posts_of[post.unit].push(number);
    }
    for (index, person) in district.people.iter().enumerate() {
        let near = (0..units.min(NEIGHBOURS + 1)).map(|steps| (person.unit + steps) % units);
        let mut posts: Vec<usize> = near.flat_map(|unit| posts_of[unit].iter().copied()).collect();
        // A seat held elsewhere is assessed too; all in the order of the posts, which is that of the draws.
        posts.extend(person.post);
        posts.sort_unstable();
        posts.dedup();
        for number in posts {
            let post = &district.posts[number];
            let asked = assessed(units, person, number, post)
                && (!district.traits.all_kinds || person.post == Some(number) || qualifies(person, post));
            if !asked || draw.percent(10) {
                continue;
            }
            let known = post.office.is_some_and(|office| person.knows.contains(&office));
            let held = person.post == Some(number);
            let base = 52 + 18 * i32::from(known) + 8 * i32::from(held);
            scores.push((index, number, (base + draw.between(-12, 16)).clamp(20, 98)));
        }
    }
    scores
}

/// Departments beside one's own for whose posts people are assessed.
const NEIGHBOURS: usize = 3;

/// Who is assessed for what: posts of one's own rank and staffing kind, all in one's department, and in the next few those
/// of a field that one knows. So the sheet grows with the people, not with their square.
fn assessed(units: usize, person: &Person, number: usize, post: &Post) -> bool {
    if person.post == Some(number) {
        return true;
    }
    let level = if person.level.is_empty() { "无" } else { person.level };
    let steps = (post.unit + units - person.unit) % units;
    let near = steps == 0 || steps <= NEIGHBOURS && post.office.is_none_or(|office| person.knows.contains(&office));
    holds_level(level, post) && person.kind == Some(post.kind) && near
}
