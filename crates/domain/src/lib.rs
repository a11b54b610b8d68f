//! The nouns of Lungang: people, posts, units, months, policy, layout, plan, and the rule catalogue.
//!
//! No I/O and no solver here. What every figure counts is written in `docs/semantics.md`; this crate holds the
//! *facts* that the engine, the compact reference and the checker each evaluate in code of their own.
#![forbid(unsafe_code)]

pub mod calendar;
pub mod case;
pub mod catalogue;
pub mod codes;
pub mod fit;
pub mod ids;
pub mod layout;
pub mod matching;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod retirement;
pub mod sample;
pub mod tier;
pub mod time;
pub mod words;

pub use calendar::{CalendarPolicy, MonthDay, WorkingDays};
pub use case::{
    Absence, Case, Decision, Duty, Event, HistoryRow, Person, Post, RankSpan, Relation, RiskPoint, Section, Since,
    Unit, Unplanned,
};
pub use fit::Fit;
pub use ids::{PersonIx, PostId, PostIx, SectionIx, StaffId, UnitId, UnitIx};
pub use layout::{Layout, Place};
pub use plan::PlanFile;
pub use policy::{Policy, Share, Thresholds};
pub use problem::{Cell, Origins, Problem, RowRef, Severity};
pub use time::{add_months, months_between};
pub use words::{
    AbsenceKind, Category, DecisionKind, EventKind, Grade, Investigation, Kin, Lead, MoveStatus, Nature, Power, Sex,
    StaffingKind, Stage,
};
