mod demo;
mod engine;
mod examples;
mod rules;
mod shared_data;
