#!/bin/sh
# Makes sure that what cargo can't bring along is there: a C++ compiler, cmake and libclang, which building HiGHS needs.
# Quiet when all is there. With apt and the right to use it, installs what lacks; elsewhere says what to install.
set -eu

say() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# The places where the bindings generator looks, in short; LIBCLANG_PATH may name a folder or the file itself.
libclang() {
    if [ -n "${LIBCLANG_PATH:-}" ]; then
        [ -f "$LIBCLANG_PATH" ] && return 0
        for file in "$LIBCLANG_PATH"/libclang*.so* "$LIBCLANG_PATH"/libclang*.dylib; do
            [ -e "$file" ] && return 0
        done
        say "LIBCLANG_PATH is set to $LIBCLANG_PATH, and no libclang lies there."
        return 1
    fi
    if have llvm-config; then
        for file in "$(llvm-config --libdir 2>/dev/null)"/libclang.so* "$(llvm-config --libdir 2>/dev/null)"/libclang.dylib; do
            [ -e "$file" ] && return 0
        done
    fi
    for file in \
        /usr/lib/llvm*/lib/libclang*.so* /usr/lib/*-linux-gnu/libclang*.so* /usr/lib64/libclang*.so* \
        /usr/lib64/llvm*/lib*/libclang*.so* /usr/lib/libclang*.so* /usr/local/lib/libclang*.so* \
        /usr/local/llvm*/lib*/libclang*.so* /opt/homebrew/opt/llvm*/lib/libclang.dylib \
        /usr/local/opt/llvm*/lib/libclang.dylib /Library/Developer/CommandLineTools/usr/lib/libclang.dylib \
        /Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib/libclang.dylib; do
        # libclang-cpp is another library.
        case "$file" in *libclang-cpp*) continue ;; esac
        [ -e "$file" ] && return 0
    done
    return 1
}

# Names of what lacks, as apt calls them.
lacking() {
    have c++ || have g++ || have clang++ || printf ' g++'
    have cmake || printf ' cmake'
    have make || printf ' make'
    libclang || printf ' libclang-dev'
}

if ! have cargo; then
    say "cargo was not found. Install Rust from https://rustup.rs, open a new shell, and try again."
    exit 1
fi
if ! cargo --version >/dev/null 2>&1; then
    say "cargo does not start. rust-toolchain.toml asks for a certain version of Rust; to install it, run:"
    say "    rustup toolchain install"
    exit 1
fi

lacks=$(lacking)
[ -z "$lacks" ] && exit 0

if have apt-get; then
    root=""
    if [ "$(id -u)" -ne 0 ]; then
        # sudo may ask for a password where somebody sits at a terminal, and nowhere else.
        if have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then root="sudo"; else root="none"; fi
    fi
    if [ "$root" != "none" ]; then
        say "Installing what building HiGHS needs:$lacks"
        # shellcheck disable=SC2086 # both are lists of words
        if { $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $lacks; } >&2; then
            lacks=$(lacking)
            [ -z "$lacks" ] && exit 0
        fi
        say "The installation did not succeed."
    fi
fi

say "To build the HiGHS solver these are still needed:$lacks"
say "Install them and try again:"
say "    Debian, Ubuntu:  sudo apt-get install g++ make cmake libclang-dev"
say "    Fedora, RHEL:    sudo dnf install gcc-c++ make cmake clang-devel"
say "    macOS:           xcode-select --install; brew install cmake llvm"
say "If libclang lies in a folder of its own, name it:  export LIBCLANG_PATH=/folder/with/libclang"
exit 1
