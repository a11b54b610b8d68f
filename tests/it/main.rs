

mod input;
mod input_broken;
mod input_files;
mod input_sample;
