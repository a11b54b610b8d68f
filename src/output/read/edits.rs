//! What was edited by hand, and the plan that follows from it.

use chrono::NaiveDate;
use lungang_domain::plan::{MoveRow, PlaceRow};
use lungang_domain::{Cell, MoveStatus, PlanFile};

/// One edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Staff id.
    pub staff: String,
    /// Plan year of the move.
    pub year: u32,
    /// What changed.
    pub change: Change,
    /// Where, unless the row is gone.
    pub cell: Option<Cell>,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another post.
    NewPost {
        /// Planned.
        from: String,
        /// Now.
        to: String,
    },
    /// A move that the plan did not have.
    Added {
        /// Post entered.
        to: String,
    },
    /// The row was deleted: no move.
    Deleted {
        /// Planned.
        from: String,
    },
    /// The status is void: no move.
    Void {
        /// Planned.
        from: String,
    },
    /// Another status.
    Status(MoveStatus),
    /// Another date of completion.
    DoneOn(Option<NaiveDate>),
    /// Another date of the hand-over.
    HandedOn(Option<NaiveDate>),
    /// Another decision.
    Decision(Option<String>),
    /// A cell that the program works out; it is told, and changes nothing. Holds the column's key.
    Derived(&'static str),
}

impl Change {
    /// Whether it changes who is where.
    #[must_use]
    pub fn moves(&self) -> bool {
        let tells = matches!(
            self,
            Self::Status(_) | Self::DoneOn(_) | Self::HandedOn(_) | Self::Decision(_) | Self::Derived(_)
        );
        !tells
    }
}

/// The plan with the edits: from the year of a changed move on, the person stays in the new post, or where they were,
/// until their next planned move.
pub(super) fn apply(original: &PlanFile, edits: &[Edit]) -> PlanFile {
    let mut plan = original.clone();
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by(|a, b| (&a.staff, a.year).cmp(&(&b.staff, b.year)));
    for edit in sorted {
        let year = edit.year as usize;
        match &edit.change {
            Change::NewPost { from, to } => {
                put(&mut plan, edit, year, Some(from), Some(to));
                each_move(&mut plan, edit, |row| row.to.clone_from(to));
            }
            Change::Added { to } => {
                let held = place(&plan, edit, year).and_then(|place| place.post.clone());
                put(&mut plan, edit, year, held.as_deref(), Some(to));
                let date = original.policy.effective(year);
                plan.moves.push(added(edit, date, to));
            }
            Change::Deleted { from } | Change::Void { from } => {
                put(&mut plan, edit, year, Some(from), None);
                plan.moves.retain(|row| (row.staff.as_str(), row.year) != (edit.staff.as_str(), edit.year));
            }
            Change::Status(status) => each_move(&mut plan, edit, |row| row.status = *status),
            Change::DoneOn(date) => each_move(&mut plan, edit, |row| row.done_on = *date),
            Change::HandedOn(date) => each_move(&mut plan, edit, |row| row.handed_on = *date),
            Change::Decision(kind) => each_move(&mut plan, edit, |row| row.decision.clone_from(kind)),
            Change::Derived(_) => {}
        }
    }
    if edits.iter().any(|edit| edit.change.moves()) {
        follow(&mut plan);
    }
    plan
}

fn place<'p>(plan: &'p PlanFile, edit: &Edit, t: usize) -> Option<&'p PlaceRow> {
    plan.layout.get(&edit.staff)?.get(t)
}

fn each_move(plan: &mut PlanFile, edit: &Edit, change: impl Fn(&mut MoveRow)) {
    let same = |row: &&mut MoveRow| row.staff == edit.staff && row.year == edit.year;
    plan.moves.iter_mut().filter(same).for_each(change);
}

fn added(edit: &Edit, date: NaiveDate, to: &str) -> MoveRow {
    MoveRow {
        staff: edit.staff.clone(),
        year: edit.year,
        date,
        batch: 0,
        from: None,
        to: to.to_owned(),
        status: MoveStatus::Draft,
        done_on: None,
        handed_on: None,
        decision: None,
        decided_by: None,
        reason: String::new(),
        rule: String::new(),
    }
}

/// From layout `t` on, as long as the person stands in `old`, they stand in `new`; `None`: as in layout t − 1.
fn put(plan: &mut PlanFile, edit: &Edit, t: usize, old: Option<&str>, new: Option<&str>) {
    let Some(line) = plan.layout.get_mut(&edit.staff) else { return };
    let Some(before) = t.checked_sub(1).and_then(|t| line.get(t)).cloned() else { return };
    let post = match new {
        Some(post) => Some(post.to_owned()),
        None => before.post.clone(),
    };
    for place in line.iter_mut().skip(t) {
        if place.post.as_deref() != old || matches!(place.state.as_str(), "left" | "outside") {
            break;
        }
        place.post.clone_from(&post);
        match (&post, place.state.as_str()) {
            (None, _) => (place.state, place.host) = ("unplaced".into(), None),
            (Some(_), "unplaced") => place.state = "in".into(),
            _ => {}
        }
    }
}

/// Origins of moves, as the layout now has them; moves that are none any more go.
fn follow(plan: &mut PlanFile) {
    let layout = &plan.layout;
    plan.moves.retain_mut(|row| {
        let Some(line) = layout.get(&row.staff) else { return true };
        let at = |t: usize| line.get(t).and_then(|place| place.post.clone());
        row.from = (row.year as usize).checked_sub(1).and_then(at);
        row.from.as_ref() != Some(&row.to)
    });
    plan.moves.sort_by(|a, b| (a.year, a.batch, &a.staff).cmp(&(b.year, b.batch, &b.staff)));
}
