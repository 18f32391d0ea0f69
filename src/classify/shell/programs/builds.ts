import type { Program, Programs } from '../program.ts';

const MAKE: Program = {
  kind: 'code',
  valued: '-f -C -I -j -l -o -W --file --directory --jobs',
  otherwise: 'run',
  does: { run: 'all, test, build, check', drop: 'clean, distclean, mrproper' },
  instead: [
    { has: '-n --just-print --dry-run --recon -q --question -v --version -p --print-data-base', is: 'rehearse' },
  ],
};

/** Tools that build a project and run its tasks: what a task does is written in the project. */
export const BUILDS: Programs = {
  'make gmake bmake': MAKE,
  'just task mage invoke inv doit gulp grunt jake nake earthly dagger waf scons buck2 pants please': {
    kind: 'code',
    otherwise: 'run',
    does: { drop: 'clean' },
    instead: [
      {
        has: '-l --list -T --tasks --list-all --summary --show --dump --evaluate -n --dry-run -P --variables --tasks-simple',
        is: 'rehearse',
      },
    ],
  },
  'cmake meson ninja autoconf automake autoreconf configure bear ccache gyp node-gyp conan vcpkg premake xmake': {
    kind: 'code',
    otherwise: 'write',
    does: {
      look: 'introspect, search, list, graph, inspect, profile show, remote list, config list',
      drop: 'clean',
      lose: 'remove',
      run: 'test',
    },
    instead: [
      {
        has: '--version -t -n -N --system-information --help-command-list -s --show-stats --show-config -p',
        lacks: '--build',
        is: 'look',
      },
    ],
    also: [
      { has: '-P --build', is: 'run' },
      { has: '--clear', is: 'drop' },
    ],
  },
  'mvn mvnw mvnd': {
    kind: 'code',
    valued: '-f -pl -P -s',
    longDash: true,
    otherwise: 'run',
    does: {
      look: 'dependency:tree, dependency:list, help:effective-pom, help:effective-settings, help:describe, dependency:analyze, versions:display-dependency-updates, help:active-profiles, help:evaluate, validate',
      drop: 'clean',
      send: 'deploy, release:perform, release:prepare',
      lose: 'release:clean, dependency:purge-local-repository',
    },
    instead: [{ has: '-v -version', is: 'look' }],
  },
  'gradle gradlew': {
    kind: 'code',
    longDash: true,
    otherwise: 'run',
    does: {
      look: 'tasks, dependencies, projects, properties, help, dependencyInsight, buildEnvironment, outgoingVariants, components, model, javaToolchains',
      drop: 'clean',
      send: 'publish, publishPlugins, uploadArchives, publishToMavenLocal',
    },
    instead: [{ has: '-v --version --status -m --dry-run', is: 'rehearse' }],
    also: [{ has: '--stop', is: 'disrupt' }],
  },
  'sbt ant bazel bazelisk buck': {
    kind: 'code',
    otherwise: 'run',
    does: {
      look: 'query, cquery, aquery, info, version, help, dump, analyze-profile, print_action, mod graph, license, projects, tasks, about',
      drop: 'clean',
      disrupt: 'shutdown',
    },
    also: [{ on: 'clean', has: '--expunge --expunge_async', is: 'drop' }],
    instead: [{ has: '-p -projecthelp -version', is: 'look' }],
  },
  'xcodebuild xcrun xcode-select simctl swift-build pod carthage fastlane agvtool actool ibtool': {
    kind: 'code',
    longDash: true,
    otherwise: 'run',
    does: {
      look: 'simctl list, list, search, env, ipc, spec cat, spec which, outdated, lint, spec lint, lib lint, lanes, actions, action, what-version, what-marketing-version, --find, altool --list-apps, devicectl list, notarytool history, notarytool info, notarytool log, stapler validate, simctl getenv, simctl get_app_container',
      write: 'install, update, init, build, bootstrap, checkout, repo add, repo update, archive',
      lose: 'simctl delete, simctl erase, deintegrate, cache clean, repo remove, simctl uninstall, trunk delete, trunk deprecate, match nuke',
      disrupt: 'simctl shutdown, trunk push',
    },
    instead: [
      {
        has: '-list -showsdks -version -showBuildSettings -showdestinations -checkFirstLaunchStatus -p -print-path --print-path --find -f --show-sdk-path --show-sdk-version --show-sdk-platform-path --show-toolchain-path --show-sdk-build-version -showTestPlans -h',
        is: 'look',
      },
    ],
    also: [{ has: '-s --switch -r --reset --install -runFirstLaunch -license', is: 'admin' }],
  },
  'jenkins-cli circleci buildkite-agent gitlab-runner drone travis act teamcity concourse tkn': {
    kind: 'cloud',
    valued: '-s -auth -i -user -webSocket',
    longDash: true,
    verbs: true,
    groups: 'config pipeline build artifact runner task',
    does: {
      look: 'list-jobs, get-job, who-am-i, console, version, config validate, config process, diagnostic, verify, status, list, pipelines, builds, workers, teams, targets, annotation list',
      lose: 'delete-job, delete-builds, delete-node, unregister, destroy-pipeline, prune-worker',
      disrupt:
        'safe-restart, safe-shutdown, quiet-down, stop-builds, disable-job, stop, restart, pause-pipeline, abort-build, disconnect-node, offline-node, reload-configuration, clear-queue, expose-pipeline, hide-pipeline, rename-pipeline',
      run: 'build, groovy, groovysh, local execute, exec, run, start, execute, hijack, intercept, trigger-job, register',
    },
  },
};
