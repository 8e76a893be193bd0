#!/usr/bin/env bash
# One entry to the tasks of this repository. Run without arguments for help.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

usage() {
    cat <<'TEXT'
usage: ./do TASK [ARGUMENTS]

  build             build everything (Release, analyzers on, warnings are errors)
  test [PROJECT]    run all tests, or those of tests/PROJECT; further arguments go to dotnet test
  demo [OPTIONS]    fit the shipped sample and write out/ (topicgrpc demo)
  bench [NAME]      list the bench projects, or run bench/NAME; further arguments go to it
  format            format all sources; --check only verifies
  words             check the spelling of documents, contract, comments and messages (needs npm)
  docs              check links, anchors and phrases of the documents
  gate              run everything that a change has to pass (.ci/run)
  portable          run the part of the gate that runs on Linux, Windows and macOS: restore, build, test
TEXT
}

build() {
    dotnet build TopicGrpc.sln -c Release "$@"
}

run_tests() {
    if [ $# -gt 0 ] && [ -d "tests/$1" ]; then
        local project=$1
        shift
        dotnet test --project "tests/$project" -c Release "$@"
    else
        dotnet test --solution TopicGrpc.sln -c Release "$@"
    fi
}

bench() {
    if [ $# -eq 0 ]; then
        echo "benches: $(cd bench && echo */ | tr -d /)"
        echo "run one with: ./do bench NAME [ARGUMENTS]"
        return
    fi
    local name=$1
    shift
    dotnet run -c Release --project "bench/$name" -- "$@"
}

format() {
    if [ "${1:-}" = --check ]; then
        dotnet format TopicGrpc.sln --verify-no-changes
    else
        dotnet format TopicGrpc.sln
    fi
}

portable() {
    dotnet restore TopicGrpc.sln
    dotnet build TopicGrpc.sln -c Release --no-restore
    dotnet test --solution TopicGrpc.sln -c Release --no-build "$@"
}

task=${1:-help}
[ $# -eq 0 ] || shift
case $task in
    build) build "$@" ;;
    test) run_tests "$@" ;;
    demo) dotnet run -c Release --project src/Cli -- demo "$@" ;;
    bench) bench "$@" ;;
    format) format "$@" ;;
    words) .ci/words "$@" ;;
    docs) run_tests Prose.Tests "$@" ;;
    gate) .ci/run ;;
    portable) portable "$@" ;;
    help | -h | --help) usage ;;
    *)
        echo "do: unknown task '$task'" >&2
        usage >&2
        exit 2
        ;;
esac
