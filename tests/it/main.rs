mod differential;
mod random_cases;
