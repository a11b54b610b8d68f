//! R08, avoidance by business and by place (semantics 58): leading members not over a relative's trade, principals of certain
//! bodies not where they grew up.

use super::Facts;
use lungang_domain::catalogue::HOME_BODIES;
use lungang_domain::words::Kin;
use lungang_domain::{Case, Lead, PersonIx, PostIx, Unit, UnitIx};

/// The units in which somebody may not lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Avoided {
    /// As principal or vice: a relative's trade is regulated there.
    trade: Vec<UnitIx>,
    /// As principal: it is one of the bodies of the county in which they grew up.
    home: Vec<UnitIx>,
}

/// What each person avoids.
pub(super) fn avoided(case: &Case) -> Vec<Avoided> {
    let mut avoided = vec![Avoided::default(); case.people.len()];
    for relation in &case.relations {
        let Some(business) = relation.other.as_deref().filter(|_| is_close(relation.kind)) else { continue };
        for post in
            case.posts.iter().filter(|post| post.regulates.iter().any(|trade| business.contains(trade.as_str())))
        {
            let units = &mut avoided[relation.staff_a.0].trade;
            if !units.contains(&post.unit) {
                units.push(post.unit);
            }
        }
    }
    for (person, own) in case.people.iter().zip(&mut avoided) {
        let Some(home) = person.home_region.as_deref() else { continue };
        let units = (0..case.units.len()).map(UnitIx);
        own.home = units.filter(|unit| is_home_body(case.unit(*unit), home)).collect();
    }
    avoided
}

/// Spouses, parents and children, and in-laws; a row that does not say counts.
fn is_close(kind: Option<Kin>) -> bool {
    kind != Some(Kin::Collateral)
}

fn is_home_body(unit: &Unit, home: &str) -> bool {
    let name = unit.name.split(['〔', '【', '[', '(']).next().unwrap_or("").trim();
    let same = |region: &str| {
        let is_name = |text: &str| text.chars().nth(1).is_some();
        is_name(region) && is_name(home) && (region.ends_with(home) || home.ends_with(region))
    };
    HOME_BODIES.iter().any(|end| name.ends_with(end)) && unit.region.as_deref().is_some_and(same)
}

pub(super) fn breaks(facts: &Facts<'_>, person: PersonIx, post: PostIx) -> bool {
    let (avoided, unit) = (&facts.avoided[person.0], facts.unit(post));
    match facts.case.post(post).lead {
        Lead::Principal => avoided.trade.contains(&unit) || avoided.home.contains(&unit),
        Lead::Vice => avoided.trade.contains(&unit),
        Lead::Head | Lead::Deputy | Lead::None => false,
    }
}
