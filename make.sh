#!/bin/sh
# Development tasks. Additional arguments are passed to the underlying program.
set -eu
cd "$(dirname "$0")"

task=${1:-}
[ $# -eq 0 ] || shift
case $task in
  build) exec dotnet build ImgApi.sln -c Release "$@" ;;
  quick) exec dotnet test ImgApi.sln -c Release --filter Category!=Slow "$@" ;;
  test) exec dotnet test ImgApi.sln -c Release "$@" ;;
  docs) IMGAPI_WRITE_DOCS=1 exec dotnet test ImgApi.sln -c Release --filter "FullyQualifiedName~ApiPageTests|FullyQualifiedName~ConfigurationTableTests|FullyQualifiedName~RoleDocumentTests|FullyQualifiedName~AccessibilityTests" "$@" ;;
  format) exec dotnet format ImgApi.sln "$@" ;;
  bench) exec python3 support-files/benchmark/benchmark.py "$@" ;;
  *)
    echo "usage: ./make.sh build | quick | test | docs | format | bench [ARGUMENT...]" >&2
    exit 2
    ;;
esac
