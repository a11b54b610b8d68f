mod demo;
mod engine;
mod judge;
