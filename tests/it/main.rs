mod input;
mod input_broken;
mod input_commands;
mod input_files;
mod input_policy;
mod input_sample;
