//! R06: party members in 影响期 not to a more important post, by move or placement (semantics 15, 35).

use super::{Facts, Step};
use lungang_domain::{Lead, PersonIx, PostIx};

pub(super) fn bars(facts: &Facts<'_>, step: &Step) -> bool {
    binds(facts, step.person, step.year) && more_important(facts, step)
}

/// Whether a person is bound in a year: a party member in 影响期.
pub(super) fn binds(facts: &Facts<'_>, person: PersonIx, t: usize) -> bool {
    let person = facts.case.person(person);
    person.party.as_deref().is_some_and(is_party_member)
        && person.discipline_until.is_some_and(|until| facts.effective[t] < until)
}

/// 中共党员 and 中共预备党员, as rosters write them; democratic parties' members are not meant.
fn is_party_member(party: &str) -> bool {
    party.contains("中共") || party == "党员" || party == "预备党员"
}

fn upper_level(facts: &Facts<'_>, post: PostIx) -> Option<usize> {
    facts.case.post(post).level.as_ref().and_then(|span| facts.policy.level_rank(&span.high))
}

fn more_important(facts: &Facts<'_>, step: &Step) -> bool {
    let (level, lead) = match step.from.or(step.last_held) {
        Some(post) => (upper_level(facts, post), facts.case.post(post).lead),
        None => (facts.of(step.person).level[step.year], Lead::None),
    };
    match (level, upper_level(facts, step.to)) {
        (Some(from), Some(to)) if from != to => to > from,
        _ => facts.case.post(step.to).lead > lead,
    }
}
