//! DECISION: stay, go and not.

use crate::help::{ann_to, expect, ground, still};
use lungang_domain::sample::policy;
use lungang_domain::{DecisionKind, EventKind};

#[test]
fn decisions_to_stay() {
    let policy = policy(3);
    let case = ground().decision(DecisionKind::Stay, "ann", "", 2, "").build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["DECISION ann a 2"]);
    expect(&case, &ann_to(&case, &policy, 3, "b"), &[]);
    // A calendar year means the plan year that starts in it.
    let case = ground().decision(DecisionKind::Stay, "ann", "", 2026, "").build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["DECISION ann a 2"]);
    let case = ground().decision(DecisionKind::Stay, "ann", "", None, "").build();
    expect(&case, &ann_to(&case, &policy, 2, "b"), &["DECISION ann a 2", "DECISION ann a 3"]);
    // It ends with the post, and with a promotion.
    let case = ground()
        .decision(DecisionKind::Stay, "ann", "", None, "")
        .event("2026-10-01", EventKind::ClosePost, "", "a", "")
        .build();
    expect(&case, &ann_to(&case, &policy, 2, "b"), &[]);
    let case = ground()
        .decision(DecisionKind::Stay, "ann", "", None, "")
        .event("2026-10-01", EventKind::Promote, "ann", "", "b")
        .build();
    expect(&case, &still(&case, &policy), &[]);
    // A named post is meant even if it is not today's.
    let case = ground().decision(DecisionKind::Stay, "ann", "b", 2, "").build();
    expect(&case, &still(&case, &policy), &["DECISION ann b 2"]);
    // Of someone unplaced it says nothing.
    let case = ground().person("pat", "", "", |_| ()).decision(DecisionKind::Stay, "pat", "", None, "").build();
    expect(&case, &still(&case, &policy), &[]);
}

#[test]
fn decisions_to_go_and_not_to() {
    let policy = policy(2);
    let case = ground().decision(DecisionKind::Go, "ann", "b", 1, "").build();
    expect(&case, &still(&case, &policy), &["DECISION ann b 1"]);
    let verdict = ann_to(&case, &policy, 1, "b");
    expect(&case, &verdict, &[]);
    assert!(verdict.moves[0].decided && !verdict.moves[0].approved);
    let case = ground()
        .decision(DecisionKind::Go, "ann", "b", None, "")
        .event("2025-10-01", EventKind::Promote, "ann", "", "c")
        .build();
    expect(&case, &still(&case, &policy), &["DECISION ann b 2"]);
    let case = ground()
        .decision(DecisionKind::Go, "ann", "b", None, "")
        .event("2026-10-01", EventKind::Leave, "ann", "", "")
        .build();
    expect(&case, &ann_to(&case, &policy, 1, "c"), &["DECISION ann b 1", "STATE ann c 2"]);

    let case = ground().decision(DecisionKind::Not, "ann", "b", None, "").build();
    expect(&case, &ann_to(&case, &policy, 1, "b"), &["DECISION ann b 1"]);
    expect(&case, &ann_to(&case, &policy, 1, "c"), &[]);
    // Whoever sits there may stay.
    let case = ground().decision(DecisionKind::Not, "ann", "a", None, "").build();
    expect(&case, &still(&case, &policy), &[]);
}
