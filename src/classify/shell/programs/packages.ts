import type { Program, Programs } from '../program.ts';
import { packageRunner } from '../special/runners.ts';

const SYSTEM_PACKAGES: Program = {
  valued: '-o -c -t -a --option --config-file --target-release --host-architecture',
  does: {
    look: `list, search, show, policy, depends, rdepends, info, provides, whatprovides, repolist, check-update, repoquery, history, history list, history info, deplist, updateinfo, group list, grouplist, groupinfo, group info, list-upgrades,
      list-updates, lu, se, if, what-provides, wp, packages, patterns, repos, lr, products, patches, list-patches, check, changelog, showpkg, stats, unmet, madison, pkgnames, dotty, show-automatic, help, moo, module list, module info, version, home, why, alias, files`,
    write: 'update, refresh, download, source, makecache, ref, indextargets, build-dep, metadata, fetch, add',
    disrupt: `install, in, upgrade, full-upgrade, dist-upgrade, dup, up, update-minimal, reinstall, downgrade, distro-sync, localinstall, groupinstall, group install, satisfy, edit-sources, history undo, history rollback, history redo, addrepo, ar, removerepo, rr, modifyrepo, module enable, module install, module reset, module disable, config-manager, addlock, swap, patch, system-upgrade, offline-upgrade, mark, hold, unhold, dselect-upgrade, versionlock, copr`,
    lose: 'remove, purge, autoremove, auto-remove, autopurge, rm, erase, groupremove, group remove, module remove, del, delete, autoerase, uninstall',
    drop: 'clean, autoclean, auto-clean, cc, distclean, cache clean',
  },
  alone: 'look',
  instead: [{ has: '-s --simulate --just-print --dry-run --recon --no-act --print-uris --assumeno', is: 'rehearse' }],
};

/** Packages of systems, and those of languages. */
export const PACKAGES: Programs = {
  'apt apt-get aptitude dnf yum dnf5 microdnf tdnf zypper apk pkg pkgin slackpkg urpmi equo': SYSTEM_PACKAGES,
  'apt-cache apt-file apt-show-versions dpkg-query dlocate rpmquery repoquery xbps-query pkg_info equery eix debsums apt-rdepends':
    { otherwise: 'look', does: { write: 'update' } },
  'apt-key apt-mark add-apt-repository apt-add-repository apt-config update-alternatives alternatives dpkg-reconfigure dpkg-divert debconf-set-selections':
    {
      otherwise: 'disrupt',
      does: {
        look: 'list, showauto, showmanual, showhold, dump, finger, exportall, export, showinstall, showremove, showpurge',
      },
      instead: [{ has: '--list --display --query --get-selections --list-keys', is: 'look' }],
    },
  dpkg: {
    otherwise: 'look',
    instead: [{ has: '--dry-run --simulate --no-act', is: 'rehearse' }],
    also: [
      { has: '-r -P --remove --purge --clear-selections --forget-old-unavail', is: 'lose' },
      {
        has: '-i --install --unpack -A --configure --force-all --set-selections --add-architecture --remove-architecture --triggers-only --update-avail',
        is: 'disrupt',
      },
    ],
  },
  rpm: {
    otherwise: 'look',
    instead: [{ has: '-q --query --test', is: 'look' }],
    also: [
      { has: '-e --erase', is: 'lose' },
      {
        has: '-i -U -F --install --upgrade --freshen --reinstall --import --rebuilddb --initdb --setperms --setugids --force --nodeps',
        is: 'disrupt',
      },
    ],
  },
  'pacman yay paru pamac': {
    otherwise: 'disrupt',
    instead: [
      { has: '-Q --query -T --deptest -V', is: 'look' },
      { has: '-F --files', lacks: '-y --refresh', is: 'look' },
      { has: '-p --print', lacks: '-y', is: 'look' },
    ],
    also: [{ has: '-R --remove', is: 'lose' }],
  },
  'emerge xbps-install xbps-remove pkg_add pkg_delete opkg makepkg guix nix-collect-garbage nix-channel nixos-rebuild':
    {
      otherwise: 'disrupt',
      instead: [{ has: '-p --pretend -s --search -n --dry-run --printsrcinfo', is: 'rehearse' }],
      does: {
        look: 'list, search, show, info, list-installed, describe, package --list-installed, size, graph, files, dry-build, dry-activate',
        lose: 'remove, gc, delete',
      },
    },
  'nix nix-env nix-store nix-build nix-shell nix-instantiate': {
    otherwise: 'run',
    does: {
      look: 'search, show-config, path-info, flake show, flake metadata, flake info, eval, log, why-depends, derivation show, profile list, store ls, store cat, store diff-closures, hash, config show, registry list, doctor',
      write: 'build, flake update, flake lock, flake init, copy, profile install, profile upgrade, profile add, fmt',
      lose: 'profile remove, store gc, store delete, profile wipe-history, profile rollback',
    },
    also: [{ has: '-e --uninstall --gc --delete --delete-generations', is: 'lose' }],
    instead: [{ has: '-q --query --dry-run --verify', lacks: '-i -e -u', is: 'rehearse' }],
  },
  snap: {
    does: {
      look: 'list, find, info, version, changes, tasks, services, connections, interfaces, get, known, whoami, warnings, model, logs, saved, debug, watch, okay',
      disrupt:
        'install, refresh, revert, enable, disable, set, unset, connect, disconnect, alias, unalias, stop, restart, start, switch, login, logout, restore, ack, try, abort, prefer, save',
      lose: 'remove, forget',
      run: 'run',
    },
  },
  flatpak: {
    does: {
      look: 'list, info, search, remotes, remote-ls, remote-info, history, ps, permissions, permission-show, document-list, documents',
      disrupt:
        'install, update, remote-add, remote-modify, override, mask, pin, repair, permission-set, make-current, config, build',
      lose: 'uninstall, remove, remote-delete, permission-remove, permission-reset, document-unexport',
      run: 'run, enter',
    },
  },
  'choco winget scoop': {
    does: {
      look: 'list, search, find, info, show, outdated, source list, config list, features, status, which, cat, home, checkup, help, depends, prefix',
      disrupt: 'install, upgrade, update, pin, source add, import, add, feature, config, hold, unhold, reset',
      lose: 'uninstall, remove, source remove, source reset, cleanup, bucket rm',
    },
  },
  'npm cnpm': {
    kind: 'code',
    valued:
      '--prefix --registry -w --workspace --loglevel --cache --userconfig --otp --tag --scope --depth --access --omit --include -C',
    alone: 'look',
    does: {
      look: `ls, list, la, ll, explain, why, root, prefix, bin, help, help-search, fund, query, config list, config ls, config get, get, c get, c ls, c list,
        dist-tag ls, owner ls, access list, access get, team ls, org ls, token list, profile get, cache ls, pkg get, completion, stars, sbom, audit signatures, access ls-packages, access ls-collaborators, hook ls`,
      fetch: 'view, info, show, v, search, s, se, find, outdated, audit, ping, whoami, doctor, diff',
      write:
        'install, i, in, add, ci, clean-install, ic, update, up, upgrade, link, ln, init, innit, pack, version, dedupe, ddp, rebuild, rb, shrinkwrap, set, config set, c set, config edit, config fix, pkg set, pkg fix, audit fix, cache verify, cache add, login, adduser, logout, install-test, it, install-ci-test, edit, star, unstar, set-script',
      run: 'run, run-script, rum, test, t, tst, start, restart, stop, exec, x, create, explore, docs, bugs, repo, home, install-scripts',
      send: 'publish, dist-tag add, owner add, access grant, access public, access restricted, access set, team create, team add, org set, token create, profile set, profile enable-2fa, hook add, hook update',
      lose: 'unpublish, owner rm, access revoke, team destroy, team rm, org rm, token revoke, token delete, token rm, dist-tag rm, cache clean, cache clear, cache rm, config delete, config rm, c delete, hook rm, pkg delete',
      drop: 'uninstall, un, unlink, remove, rm, r, prune',
      disrupt: 'deprecate, undeprecate, profile disable-2fa',
    },
    instead: [
      {
        on: 'publish, install, i, ci, update, prune, dedupe, uninstall, pack, audit fix',
        has: '--dry-run',
        is: 'rehearse',
      },
    ],
    also: [
      {
        on: 'install, i, in, add, ci, update, up, uninstall, un, remove, rm',
        has: '-g --global --location=global',
        is: 'admin',
      },
      { on: 'uninstall, un, remove, rm, r', has: '-g --global', is: 'lose' },
    ],
  },
  pnpm: {
    kind: 'code',
    valued: '-C --dir -F --filter --registry --loglevel --reporter --depth',
    alone: 'look',
    does: {
      look: 'ls, list, ll, la, why, outdated, audit, root, bin, licenses, config list, config get, get, view, info, show, search, store path, store status, cache list, cache view, whoami, help, env list, env ls, doctor, cat-file, cat-index, find-hash',
      write:
        'install, i, add, update, up, upgrade, link, ln, import, init, rebuild, rb, fetch, dedupe, pack, patch, patch-commit, config set, set, deploy, setup, approve-builds, store add, install-test, it, version',
      run: 'run, exec, dlx, test, t, start, create, env use, server, restart, stop, recursive',
      send: 'publish, dist-tag add, login',
      drop: 'remove, rm, uninstall, un, unlink, prune, patch-remove, store prune',
      lose: 'unpublish, config delete, cache delete, env remove, env rm',
      disrupt: 'self-update, deprecate',
    },
    also: [
      { on: 'audit', has: '--fix', is: 'write' },
      { on: 'remove, rm, uninstall, un', has: '-g --global', is: 'lose' },
    ],
    instead: [{ on: 'publish, dedupe', has: '--dry-run --check', is: 'rehearse' }],
  },
  yarn: {
    kind: 'code',
    valued: '--cwd --registry --cache-folder',
    alone: 'write',
    otherwise: 'run',
    does: {
      look: 'list, info, why, outdated, audit, licenses, config list, config get, bin, help, versions, check, npm info, npm audit, npm whoami, workspaces info, workspaces list, cache list, cache dir, owner list, tag list, team list, plugin list, constraints query, explain, config $, global list, global bin, global dir, npm tag list, plugin runtime, search',
      write:
        'install, add, upgrade, up, upgrade-interactive, import, init, link, pack, dedupe, config set, set version, workspaces focus, autoclean, generate-lock-entry, rebuild, patch, patch-commit, plugin import, self-update, login, logout, npm login, npm logout, version, policies, stage',
      run: 'run, exec, dlx, node, test, start, create, workspace, workspaces run, workspaces foreach',
      send: 'publish, npm publish, tag add, npm tag add, owner add',
      drop: 'remove, unlink, plugin remove, cache clean, cache clear',
      lose: 'owner remove, tag remove, npm tag remove, team remove, config delete, config unset, unpublish, npm unpublish',
      disrupt: 'global add, global remove, global upgrade',
    },
    instead: [{ has: '-v', is: 'look' }],
    also: [
      { on: 'audit', has: '--fix', is: 'write' },
      { on: 'check', has: '--update', is: 'write' },
    ],
  },
  'npx bunx pnpx uvx': { kind: 'code', special: packageRunner },
  'bower jspm lerna nx turbo rush changeset volta nvm fnm n corepack': {
    kind: 'code',
    does: {
      look: 'list, ls, info, search, help, lookup, current, which, ls-remote, list-remote, list-all, graph, show, report, status, print-affected, affected:graph, format:check, diff, changed, why, env, dir, --version',
      write:
        'install, init, add, use, pin, alias, update, bootstrap, link, link-workspace, prepare, enable, reset, default, set, change, version',
      run: 'run, exec, build, test, affected, run-many, dev, lint',
      lose: 'uninstall, clean, prune, purge, unalias, unpin, cache clean, rm, unlink-workspace',
      send: 'publish, release',
    },
  },
  'pip pip3 pipx': {
    kind: 'code',
    valued:
      '-r -c -e -t -i -f --requirement --constraint --target --index-url --extra-index-url --find-links --python --format --log --cache-dir --prefix --root -d --dest -w --wheel-dir',
    alone: 'look',
    does: {
      look: 'list, show, freeze, check, search, help, debug, inspect, index, index versions, config list, config get, config debug, cache dir, cache info, cache list, hash, completion, environment, version',
      write:
        'install, download, wheel, config set, config edit, lock, inject, upgrade, upgrade-all, reinstall, reinstall-all, ensurepath, pin, unpin',
      drop: 'cache purge, cache remove',
      lose: 'uninstall, config unset, uninstall-all, uninject',
      run: 'run, runpip',
    },
    also: [
      { on: 'install', has: '--break-system-packages', is: 'disrupt' },
      { on: 'install', has: '--target --root --prefix', is: 'admin' },
    ],
    writes: '--log',
  },
  uv: {
    kind: 'code',
    valued: '--directory --project --python -p --cache-dir --config-file --index-url -r --color --format --depth',
    does: {
      look: 'tree, version $, help, pip list, pip show, pip freeze, pip check, pip tree, python list, python find, python dir, tool list, tool dir, cache dir, self version, auth dir, workspace list, cache size, workspace dir',
      write:
        'sync, lock, add, remove, init, build, venv, export, pip install, pip sync, pip compile, python install, python pin, tool install, tool upgrade, self update, format, tool update-shell, python upgrade, python update-shell, auth login, auth logout',
      run: 'run, tool run, x',
      send: 'publish',
      drop: 'cache clean, cache prune, tool uninstall, python uninstall',
      lose: 'pip uninstall',
      secret: 'auth token',
    },
    instead: [
      { on: 'lock, sync, add, remove, pip install, pip sync, pip uninstall', has: '--dry-run --check', is: 'rehearse' },
      { on: 'export, pip compile', has: '-o --output-file', is: 'write' },
      { on: 'export', is: 'look' },
      { on: 'format', has: '--check --diff', is: 'look' },
      { on: 'version', has: '--bump', is: 'write' },
      { on: 'venv', has: '--clear', is: 'drop' },
    ],
  },
  'poetry pdm hatch pipenv rye conda mamba micromamba pixi': {
    kind: 'code',
    valued: '-C --directory -P --project -n --name -p --prefix -c --channel',
    alone: 'look',
    does: {
      look: `show, list, search, check, about, env info, env list, info, config --list, config --show, config list, config get, help, graph, verify, env show, dep show, project metadata, compare, self show, source show, debug info, debug resolve, tree, status, repoquery, env config vars list, package list, --venv, --where, --py, requirements, sources`,
      write:
        'add, install, update, lock, init, new, build, sync, create, config, env create, env use, use, import, fix, version, upgrade, pin, env export, activate, deactivate, fetch, self update, source add, rename, package, project init',
      run: 'run, shell, test, fmt, env run, exec, task, global',
      send: 'publish, upload',
      drop: 'cache clear, clean, cache',
      lose: 'remove, uninstall, env remove, env prune, self remove, source remove, sync --clean, workspace remove',
    },
    instead: [{ has: '--dry-run', is: 'rehearse' }],
    also: [{ on: 'config', has: '--unset --delete --remove --set', is: 'write' }],
  },
  'gem bundle bundler': {
    kind: 'code',
    does: {
      look: 'list, search, query, info, specification, which, contents, dependency, environment, env, outdated, help, stale, show, check, platform, doctor, audit, licenses, viz, rdoc, config list, config get, plugin list, fund',
      write:
        'install, update, fetch, build, pristine, unpack, sources, add, init, lock, cache, package, config, binstubs, gem, generate_index, signin, pack, inject, cert',
      run: 'exec, console, open, plugin install',
      send: 'push, owner, release',
      lose: 'uninstall, yank, remove, plugin uninstall, config unset, clean',
      drop: 'cleanup',
    },
    alone: 'write',
  },
  'composer cpan cpanm luarocks opam cabal stack mix hex rebar3 pub pecl pear dart flutter carton': {
    kind: 'code',
    verbs: true,
    does: {
      look: 'show, info, licenses, outdated, depends, why, why-not, prohibits, validate, diagnose, status, check-platform-reqs, audit, fund, list, about, home, search, deps, analyze, doctor, devices, help, path, ls, query, tree, var, config list, hex.info, hex.search, pub deps, pub outdated',
      write:
        'install, require, update, create-project, dump-autoload, dumpautoload, init, bump, archive, deps.get, deps.compile, compile, format, get, add, upgrade, pub get, pub add, build, create, fix, switch, pin',
      run: 'run-script, exec, run, test, phx.server, ecto.migrate, repl, ghci, script, drive, global',
      lose: 'remove, uninstall, clear-cache, clean, deps.clean, ecto.drop, ecto.reset, ecto.rollback, unpin, pub remove, hex.retire',
      send: 'publish, hex.publish, pub publish, upload',
    },
  },
};
