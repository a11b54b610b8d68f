mod demo;
mod engine;
