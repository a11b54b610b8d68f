mod demo;
mod differential;
mod engine;
mod examples;
mod output;
mod random_cases;
mod rules;
mod shared_data;
