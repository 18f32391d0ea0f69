import type { Programs } from '../program.ts';

/** Homebrew and MacPorts. */
export const BREW: Programs = {
  brew: {
    alone: 'look',
    does: {
      look: `list, ls, info, abv, doctor, dr, config, deps, uses, desc, outdated, leaves, options, cat, log, formulae, casks, missing, commands, command, help, analytics $, analytics state, shellenv,
        tap-info, bundle check, bundle list, --prefix, --cellar, --caskroom, --repository, --repo, --cache, --env, --version, formula, which-formula, developer $, developer state, source, which-update, docs, linkage, readall, typecheck, unbottled, autoupdate status, --taps, command-not-found-init, alias, rubydoc`,
      fetch: 'search, livecheck',
      write:
        'install, update, up, upgrade, tap, link, ln, fetch, pin, unpin, switch, create, extract, migrate, postinstall, reinstall, update-reset, bundle, bundle install, bundle dump, services start, services run, services list, services info, analytics on, analytics off, developer on, developer off, vendor-gems, formula-analytics, install-bundler-gems, bottle, bump, edit, autoupdate start, update-if-needed, tap-new, completions, bundle add, instal, bundle edit, unalias',
      run: 'audit, style, sh, ruby, test, irb, prof, bundle exec, bundle sh, bundle env, home, homepage, tests, update-python-resources, mcp-server, debugger',
      send: 'pr-pull, pr-upload, pr-publish, bump-formula-pr, bump-cask-pr, gist-logs, dispatch-build-bottle, bump-revision, bump-unversioned-casks',
      lose: 'uninstall, rm, remove, untap, bundle cleanup, services cleanup, autoremove, bundle remove',
      drop: 'cleanup',
      disrupt: 'services stop, services restart, services kill, unlink, autoupdate delete, autoupdate stop',
    },
    instead: [
      { has: '-n --dry-run', is: 'rehearse' },
      { has: '--prefix --cellar --caskroom --repository --repo --cache --env --taps', is: 'look' },
      { on: 'bundle cleanup', lacks: '-f --force', is: 'look' },
      { on: 'style, audit', has: '--fix', is: 'write' },
      { on: 'doctor, dr, list, ls, info, outdated, search, deps, uses, desc', is: 'look' },
    ],
    also: [
      { has: '--zap', is: 'lose' },
      { on: 'update-reset', is: 'disrupt' },
    ],
  },
  port: {
    alone: 'run',
    does: {
      look: 'list, search, info, installed, outdated, contents, provides, deps, rdeps, dependents, rdependents, variants, notes, echo, location, livecheck, lint, distfiles, work, dir, file, help, version, platform, select --list, diagnose',
      disrupt:
        'install, upgrade, selfupdate, sync, activate, deactivate, select, load, unload, reload, reclaim, migrate, restore',
      lose: 'uninstall, clean',
    },
  },
  mas: {
    does: {
      look: 'list, search, info, outdated, account, version, config',
      write: 'install, upgrade, purchase, get, update',
      lose: 'uninstall',
      run: 'open, home, vendor, signin, signout, reset',
    },
  },
};
