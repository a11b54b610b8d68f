mod demo;
mod engine;
mod differential;
mod random_cases;
mod output;
