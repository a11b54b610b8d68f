mod demo;
mod examples;
mod rules;
mod shared_data;
