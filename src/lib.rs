//! Lungang 轮岗: a staff-rotation planner. A roster and a post list in, a proved and checked yearly plan out.
//!
//! Data walk through the rooms once, left to right:
//! [`input`] → ([`rules`] → [`engine`]) → [`insight`] → [`output`]; above them, [`compare`] sets plans side by side, [`batch`] works on
//! many cases in processes of their own, [`cli`] strings them together, [`text`] holds the sentences. The nouns stand in
//! `lungang-domain`; the verdict, which sees neither engine nor solver, in `lungang-check`.

pub mod batch;
pub mod cli;
pub mod compare;
pub mod demo;
pub mod engine;
pub mod files;
pub mod input;
pub mod insight;
pub mod output;
pub mod rules;
pub mod text;
