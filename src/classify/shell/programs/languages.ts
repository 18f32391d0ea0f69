import type { Programs } from '../program.ts';
import { jar } from '../special/runners.ts';

/** Compilers and tools of languages: most of what they run is the project itself. */
export const LANGUAGES: Programs = {
  go: {
    kind: 'code',
    longDash: true,
    valued: '-o -C -tags -run -count -timeout -mod -modfile -f',
    does: {
      look: 'version, env, list, doc, help, mod graph, mod why, mod verify, tool nm, tool objdump, tool dist list, bug, telemetry',
      write:
        'build, get, install, mod init, mod tidy, mod download, mod vendor, mod edit, fmt, fix, work init, work use, work sync, work edit, work vendor, vet, tool cover, telemetry on, telemetry off, tool compile, tool link',
      run: 'run, test, generate, tool, tool pprof',
      drop: 'clean',
    },
    also: [
      { on: 'env', has: '-w -u', is: 'write' },
      { on: 'clean', has: '-modcache -cache -testcache', is: 'drop' },
    ],
  },
  cargo: {
    kind: 'code',
    valued:
      '-p --package --manifest-path --features --target --target-dir -j --bin --example -Z --color --config -C --depth --prefix --format --message-format --edges --invert -i --limit --registry --index',
    alone: 'look',
    does: {
      look: 'tree, metadata, version, help, pkgid, locate-project, verify-project, read-manifest, list, --list, audit, outdated, deny, about, udeps, machete, bloat, msrv, license, modules, geiger, config get, report, llvm-lines, semver-checks, nextest list, show-asm, deny check, supply-chain',
      fetch: 'search, info',
      write:
        'build, b, check, c, clippy, doc, d, fmt, fix, add, init, new, update, fetch, generate-lockfile, vendor, install, package, login, logout, rustdoc, upgrade, set-version, generate, sqlx prepare, binstall, component, sort, edit',
      run: 'run, r, test, t, bench, rustc, watch, nextest, nextest run, miri, xtask, llvm-cov, tarpaulin, expand, flamegraph, fuzz, insta, make, hack',
      send: 'publish, owner',
      drop: 'clean, remove, rm, cache',
      lose: 'yank, uninstall',
    },
    instead: [
      { on: 'fmt', has: '--check', is: 'look' },
      { on: 'publish, clean, add, remove, rm, update, package, upgrade', has: '--dry-run -n', is: 'rehearse' },
      { on: 'package', has: '-l --list', is: 'look' },
      { on: 'install', has: '--list', is: 'look' },
      { on: 'owner', has: '-l --list', is: 'look' },
      { has: '--list -V', is: 'look' },
    ],
    also: [
      { on: 'clippy', has: '--fix', is: 'write' },
      { on: 'owner', has: '-r --remove', is: 'lose' },
    ],
  },
  rustup: {
    does: {
      look: 'show, check, which, toolchain list, target list, component list, help, completions, override list, show active-toolchain, show home, show profile',
      write:
        'update, upgrade, install, default, toolchain install, toolchain link, target add, component add, override set, set, self update, self upgrade-data',
      run: 'run, doc, man',
      lose: 'toolchain uninstall, uninstall, self uninstall, target remove, component remove, override unset, toolchain remove',
    },
  },
  'rustc gcc g++ cc c++ clang clang++ swiftc javac kotlinc ghc scalac tsc ocamlc nasm as ld gfortran dmd zig nim crystal valac protoc esbuild swc babel sass lessc rollup webpack vite parcel tsup browserify':
    {
      kind: 'code',
      otherwise: 'write',
      instead: [
        {
          has: '--version -v --print -dumpversion -dumpmachine -print-search-dirs -print-file-name --showConfig --listFiles --listFilesOnly --noEmit -fsyntax-only',
          lacks: '-o',
          is: 'look',
        },
      ],
    },
  'java kotlin swift dotnet mono scala-cli clojure clj lein iex erl escript racket guile sbcl tclsh expect octave matlab':
    {
      kind: 'code',
      otherwise: 'run',
      special: jar,
      does: {
        look: 'package list, list package, nuget list, tool list, --info, --list-sdks, --list-runtimes, sln list, list reference, workload list, package describe, package show-dependencies, package dump-package, deps, classpath, sdk check, workload search, tool search, new list, new search, reference list, package search',
        write:
          'build, restore, new, add, publish, pack, format, tool install, tool restore, package init, package resolve, package update, sln add, compile, jar, uberjar, package add',
        lose: 'package clean, clean, nuget delete, tool uninstall, remove, workload uninstall, nuget remove, package remove, package reset, sln remove, package purge-cache, nuget locals, user-secrets clear, user-secrets remove',
        send: 'nuget push',
      },
      instead: [{ has: '-version --list-runtimes --list-sdks --info -v', is: 'look' }],
    },
  'javap jps jstat jinfo jstack jdeps': { otherwise: 'look' },
  'jar jcmd jmap jlink jpackage': {
    otherwise: 'write',
    does: { look: 'tf, tvf, help' },
    instead: [{ has: '-t --list -histo -heap', is: 'look' }],
  },
  ruff: {
    kind: 'code',
    does: { look: 'check, rule, config, linter, version, help, analyze graph', write: 'format, clean', run: 'server' },
    instead: [
      { on: 'format', has: '--check --diff', is: 'look' },
      { on: 'check', has: '--diff', is: 'look' },
    ],
    also: [
      { on: 'check', has: '--fix --fix-only --unsafe-fixes --add-noqa', lacks: '--no-fix', is: 'write' },
      { on: 'check', has: '--watch -w', is: 'run' },
    ],
    writes: '-o --output-file',
    otherwise: 'write',
  },
  'black isort pyupgrade docformatter blue darker': {
    kind: 'code',
    otherwise: 'write',
    alone: 'look',
    valued: '-l --line-length -t --target-version --config --include --exclude --profile',
    instead: [
      {
        has: '--check --diff --check-only --show-settings --show-files --show-config -d',
        lacks: '-i --in-place --inplace',
        is: 'look',
      },
    ],
  },
  'autopep8 yapf autoflake': {
    kind: 'code',
    otherwise: 'look',
    also: [{ has: '-i --in-place --inplace', is: 'write' }],
  },
  'mypy pyright flake8 pylint pycodestyle pydocstyle bandit vulture radon pyflakes ty basedpyright shellcheck yamllint markdownlint markdownlint-cli2 actionlint jsonlint htmlhint stylelint xo standard tslint rubocop golangci-lint staticcheck gosec cppcheck clang-tidy ktlint detekt swiftlint luacheck sqlfluff vale codespell cspell typos semgrep gitleaks trufflehog detect-secrets dprint cloc scc tokei pip-audit safety osv-scanner nancy depcheck knip madge ast-grep sg commitlint':
    {
      kind: 'code',
      otherwise: 'look',
      does: {
        write: 'fix, fmt, format, init, install',
        look: 'check, lint, run, scan, output-file-paths, rules, version',
      },
      also: [
        {
          has: '--fix -a -A --auto-correct --auto-correct-all --autocorrect --autocorrect-all --auto-gen-config --write --install-types -i --interactive -w --write-changes --fixit --update-all -U --update-baseline',
          is: 'write',
        },
        { has: '--init', is: 'write' },
      ],
      writes: '-o --output --output-file --junit-xml --report',
    },
  'eslint biome oxlint': {
    kind: 'code',
    otherwise: 'look',
    does: { write: 'format, migrate, init, upgrade', look: 'check, lint, ci, rage, explain, search' },
    also: [{ has: '--fix --write --apply --apply-unsafe --init --cache --unsafe', is: 'write' }],
    writes: '-o --output-file --cache-location',
  },
  'prettier gofmt goimports rustfmt shfmt clang-format terraform-fmt stylua ocamlformat buf google-java-format scalafmt taplo nixfmt alejandra pg_format sql-formatter xmlformat':
    {
      kind: 'code',
      otherwise: 'look',
      also: [{ has: '-w --write -i --in-place -r --replace --fix --inplace', is: 'write' }],
      instead: [{ has: '-l -d --check --list-different -c', lacks: '-w --write -i', is: 'look' }],
      does: { write: 'generate, format, fmt, push, dep, mod' },
    },
  'pre-commit husky lint-staged lefthook overcommit': {
    kind: 'code',
    does: {
      look: 'validate-config, validate-manifest, sample-config, help, version, dump',
      write: 'install, install-hooks, autoupdate, migrate-config, init-templatedir, add, init, set',
      run: 'run, try-repo, hook-impl',
      drop: 'uninstall, clean, gc',
    },
  },
  'pytest py.test tox nox unittest jest vitest mocha ava cypress playwright karma rspec cucumber phpunit behat minitest bats ctest gtest nosetests coverage nyc c8 codecept robot locust k6 artillery':
    {
      kind: 'code',
      otherwise: 'run',
      does: { look: 'report, debug, help, list' },
      instead: [
        {
          has: '--collect-only --co --fixtures --markers --list --listTests --showConfig -l --list-tests --version --list-files',
          is: 'look',
        },
      ],
      also: [{ has: '--clearCache', is: 'drop' }],
    },
};
