fn main() -> std::process::ExitCode {
    lungang::cli::main()
}
