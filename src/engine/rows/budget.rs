//! G4: budgets of moves, one row each over all people and years (semantics 72).

use super::{Builder, Gains, RowIx, RowKind, Rows};

/// What a budget of all years counts (semantics 72).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Budget {
    /// Every move.
    Moves,
    /// Moves into another unit.
    CrossUnit,
}

impl RowKind {
    /// Whether it limits moves of all people in all years.
    #[must_use]
    pub fn is_budget(self) -> bool {
        matches!(self, Self::Budget(_) | Self::BudgetDecided(_))
    }
}

impl Rows {
    /// Rows that a move into another unit uses besides, unless it is forced.
    pub fn crossings(&self, decided: bool) -> impl Iterator<Item = (RowIx, i32)> {
        let [undecided, all] = self.most_cross_unit;
        undecided.filter(move |_| !decided).into_iter().chain(all).map(|row| (row, 1))
    }

    /// Rows of undecided moves that a budget of all years limits.
    pub fn budgets(&self) -> impl Iterator<Item = RowIx> {
        self.most_moves[0].into_iter().chain(self.most_cross_unit[0])
    }
}

impl Builder<'_> {
    /// G4, all years. A budget of 0 leaves decided moves alone, however many there are.
    pub(super) fn budgets(&mut self) {
        let turnover = &self.facts.policy.turnover;
        let years = self.facts.years;
        let decided: i32 = (1..=years).map(|t| self.people_decided(t)).sum();
        // Nobody moves twice in a year, so more is no limit; and sums of more would not hold.
        let moves = self.facts.case.people.len() * years;
        let limit = |most: Option<u32>| most.filter(|most| (*most as usize) < moves).map(|most| most as i32);
        let (moves, across) = (limit(turnover.most_moves), limit(turnover.most_cross_unit));
        self.rows.most_moves = moves.map_or([None; 2], |most| self.budget(Budget::Moves, most, decided));
        self.rows.most_cross_unit = across.map_or([None; 2], |most| self.budget(Budget::CrossUnit, most, decided));
    }

    fn budget(&mut self, kind: Budget, most: i32, decided: i32) -> [Option<RowIx>; 2] {
        if decided == 0 || most == 0 {
            return [Some(self.row(RowKind::Budget(kind), i64::from(most))), None];
        }
        let undecided = self.row(RowKind::Budget(kind), 0);
        let all = self.row(RowKind::BudgetDecided(kind), i64::from(most + decided));
        self.aux(Gains::default(), 1, vec![(undecided, -most), (all, decided)]);
        [Some(undecided), Some(all)]
    }
}
