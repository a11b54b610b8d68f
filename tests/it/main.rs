

mod input;
mod input_broken;
mod input_sample;
