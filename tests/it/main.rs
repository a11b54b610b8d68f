mod demo;
mod rules;
