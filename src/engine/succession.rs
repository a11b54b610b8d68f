//! The rows of successors (T4s, semantics 63): in each year, whom to count for which essential post. Whoever suits a post has
//! a variable for it, 0 or 1, that gains one; the rows say that they are ready, sit elsewhere, count for no more than two
//! posts, and that a post needs no more than one.

use super::rows::{Aux, Gains, Row, RowIx, RowKind, Rows};
use crate::rules::successors::MOST;
use crate::rules::{Facts, is_fit, reserve};
use lungang_domain::{PersonIx, PostIx, matching};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// What being ready in a year is worth in a row, and for which set of experiences gained by the year before.
#[derive(Clone, Copy, Debug)]
pub struct Readiness {
    /// The row: posts counted for − posts open to who is ready ≤ 0.
    pub row: RowIx,
    /// The coefficient of being ready.
    pub coefficient: i32,
    /// The set gained that makes ready.
    pub complete: u16,
}

/// One person who may count for one post in one year.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Who.
    pub person: PersonIx,
    aux: usize,
    /// Row of the post, which needs one.
    pub once: RowIx,
    /// Row of the posts they count for.
    pub ready: RowIx,
    /// Row that keeps them from counting for the seat they hold; none where they never hold it.
    own: Option<RowIx>,
}

/// Where the rows of successors are.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// By year, then post: who may count for it.
    years: Vec<Vec<Vec<Claim>>>,
    ready: HashMap<(PersonIx, usize), Readiness>,
    own: HashMap<(PersonIx, PostIx, usize), RowIx>,
    /// Positions of the variables among the auxiliary ones.
    variables: Range<usize>,
}

impl Claims {
    /// What being ready in year `t` is worth in a row, for who may become ready in the plan.
    #[must_use]
    pub fn readiness(&self, person: PersonIx, t: usize) -> Option<Readiness> {
        self.ready.get(&(person, t)).copied()
    }

    /// The row used by holding a seat for which one would else count.
    #[must_use]
    pub fn own_seat(&self, person: PersonIx, post: PostIx, t: usize) -> Option<RowIx> {
        self.own.get(&(person, post, t)).copied()
    }

    /// By year, then post: who may count for it.
    #[must_use]
    pub fn years(&self) -> &[Vec<Vec<Claim>>] {
        &self.years
    }

    /// Whether an auxiliary variable counts somebody for a post. Such a one mends no row: it is settled by a matching.
    #[must_use]
    pub fn holds(&self, aux: usize) -> bool {
        self.variables.contains(&aux)
    }

    /// The variables at 1 where people use the rows so: the most posts that can have somebody.
    #[must_use]
    pub fn settled(&self, rows: &[Row], usage: &[i64]) -> Vec<usize> {
        let counts = |claim: &&Claim| {
            let room = |row: Option<RowIx>| row.is_none_or(|row| usage[row as usize] < rows[row as usize].limit);
            room(Some(claim.ready)) && room(claim.own)
        };
        let mut chosen = Vec::new();
        for posts in &self.years {
            let may: Vec<BTreeMap<usize, usize>> = posts
                .iter()
                .map(|claims| claims.iter().filter(counts).map(|claim| (claim.person.0, claim.aux)).collect())
                .collect();
            let people: Vec<Vec<usize>> = may.iter().map(|may| may.keys().copied().collect()).collect();
            let counted = matching::cover(&people, MOST);
            chosen.extend(may.iter().zip(counted).filter_map(|(may, person)| may.get(&person?).copied()));
        }
        chosen
    }

    /// Adds the rows; `gain`: one post-year in T4s.
    pub(super) fn build(facts: &Facts<'_>, rows: &mut Rows, gain: Gains) {
        let mut claims = Self { variables: rows.aux.len()..rows.aux.len(), ..Self::default() };
        for t in 1..=facts.years {
            claims.year(facts, t, rows, gain);
        }
        claims.variables.end = rows.aux.len();
        rows.claims = claims;
    }

    fn year(&mut self, facts: &Facts<'_>, t: usize, rows: &mut Rows, gain: Gains) {
        let succession = &facts.succession;
        let Some(suits) = succession.suits.get(t) else { return };
        let mut of_person: BTreeMap<PersonIx, Vec<usize>> = BTreeMap::new();
        for (place, people) in suits.iter().enumerate() {
            for person in people.iter().filter(|person| may_be_ready(facts, **person, t)) {
                of_person.entry(*person).or_default().push(place);
            }
        }
        let add = |rows: &mut Rows, kind: RowKind, limit: i64| {
            rows.rows.push(Row { kind, limit });
            (rows.rows.len() - 1) as RowIx
        };
        let mut posts: Vec<Vec<Claim>> = vec![Vec::new(); succession.posts.len()];
        let mut counted: Vec<Option<RowIx>> = vec![None; posts.len()];
        for (person, places) in of_person {
            let most = places.len().min(MOST);
            let ready = if reserve::is_ready(facts, person, 0) {
                add(rows, RowKind::Counted(person, t), most as i64)
            } else {
                let row = add(rows, RowKind::Counted(person, t), 0);
                let complete = reserve::complete(facts, person).unwrap_or(u16::MAX);
                self.ready.insert((person, t), Readiness { row, coefficient: -(most as i32), complete });
                rows.alone.insert(person);
                row
            };
            for place in places {
                let post = succession.posts[place];
                let once = *counted[place].get_or_insert_with(|| add(rows, RowKind::Succession(post, t), 1));
                let own = may_sit(facts, person, post, t).then(|| add(rows, RowKind::OwnSeat(person, post, t), 1));
                if let Some(own) = own {
                    self.own.insert((person, post, t), own);
                    rows.alone.insert(person);
                }
                posts[place].push(Claim { person, aux: rows.aux.len(), once, ready, own });
                let used = [Some(once), Some(ready), own].into_iter().flatten().map(|row| (row, 1)).collect();
                rows.aux.push(Aux { gains: gain, most: 1, rows: used });
            }
        }
        self.years.push(posts);
    }
}

/// Whether somebody is ready today or may be by year `t`: nothing gained in the plan is had before year 2.
fn may_be_ready(facts: &Facts<'_>, person: PersonIx, t: usize) -> bool {
    reserve::is_ready(facts, person, 0) || (t > 1 && reserve::complete(facts, person).is_some())
}

/// Whether some plan may have a person in a seat in layout `t`.
fn may_sit(facts: &Facts<'_>, person: PersonIx, post: PostIx, t: usize) -> bool {
    (0..=t).any(|s| facts.nobody_moves.at(person, s).seat() == Some(post) || is_fit(facts, person, post, s))
}
