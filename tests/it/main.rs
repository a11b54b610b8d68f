mod demo;
mod output;
mod output_claims;
