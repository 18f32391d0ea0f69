import type { Program, Programs } from '../program.ts';
import { gh } from '../special/gh.ts';

const FORGE: Program = {
  kind: 'code',
  valued:
    '-R --repo -H -B -t -b -l -a -m -L -q -S -s --json --jq --template --limit --state --label --assignee --author --search --head --base --title --body --hostname -F -e --env -o --org -u --user --branch -w --workflow --created --event',
  special: gh,
  alone: 'look',
  does: {
    look: `pr list, pr view, pr status, pr diff, pr checks, issue list, issue view, issue status, repo list, repo view, repo license list, repo license view, repo gitignore list, repo gitignore view, run list, run view, run watch, workflow list, workflow view, release list, release view, release verify, release verify-asset, gist list, gist view, auth status, api, search, search code, search commits, search issues, search prs, search repos, status, label list, secret list, variable list, variable get, ssh-key list, gpg-key list, cache list, ruleset list, ruleset view, ruleset check, project list, project view, project field-list, project item-list, org list, extension list, extension search, alias list, config get, config list, codespace list, codespace logs, codespace ports, codespace view, attestation verify, attestation trusted-root,
      mr list, mr view, mr diff, mr approvers, mr issues, ci list, ci status, ci trace, ci get, ci lint, pipeline list, pipeline status, pipeline get, schedule list, user events, repo search, repo contributors, incident list, incident view, milestone list, job list, agent list, version, completion, repo deploy-key list, repo autolink list, repo autolink view, preview, agent-task list, agent-task view, environment list, cluster agent list, securefile list, token list, help`,
    secret: 'auth token',
    send: `pr close, issue close, mr close, pr create, pr comment, pr review, pr edit, pr ready, pr reopen, pr update-branch, pr new, issue create, issue comment, issue edit, issue reopen, issue pin, issue unpin, issue develop, issue new, issue lock, issue unlock, issue transfer, issue note, repo create, repo fork, repo sync, repo edit, repo set-default, repo deploy-key add, repo autolink create,
      release create, release edit, release upload, gist create, gist edit, gist rename, label create, label edit, label clone, variable set, project create, project edit, project copy, project item-add, project item-create, project item-edit, project field-create, project link, project mark-template, workflow enable, mr create, mr note, mr update, mr approve, mr rebase, mr reopen, mr for, mr todo, mr subscribe, mr new, repo mirror, schedule create, schedule update, milestone create, milestone edit, incident note, pr lock, pr unlock, codespace create, codespace edit, repo unarchive, project item-archive, preview prompter`,
    write:
      'pr checkout, pr co, repo clone, gist clone, release download, run download, alias set, alias import, config set, extension create, auth setup-git, mr checkout, ci artifact, job artifact, attestation download, auth login, auth refresh, config clear-cache, auth configure-docker, stack',
    run: 'workflow run, run rerun, extension install, extension upgrade, extension exec, extension browse, codespace ssh, codespace code, codespace jupyter, codespace cp, copilot, ci run, ci retry, ci trigger, pipeline run, schedule run, browse, models run, agent-task create, mcp',
    admin: 'secret set, ssh-key add, gpg-key add, auth switch, deploy-key add',
    lose: 'repo delete, repo archive, release delete, release delete-asset, gist delete, issue delete, label delete, secret delete, secret remove, variable delete, ssh-key delete, gpg-key delete, cache delete, run delete, project delete, project item-delete, project field-delete, codespace delete, repo deploy-key delete, repo autolink delete, extension remove, alias delete, mr delete, ci delete, pipeline delete, schedule delete, milestone delete, variable remove, repo transfer, deploy-key delete, token revoke, securefile remove, environment delete',
    disrupt:
      'pr merge, pr revert, workflow disable, run cancel, mr merge, mr revoke, ci cancel, auth logout, codespace stop, codespace rebuild, project close, project unlink, issue unsubscribe, token rotate, incident close, job cancel',
  },
  also: [
    { on: 'repo edit', has: '--visibility --default-branch', is: 'disrupt' },
    { on: 'repo sync', has: '--force', is: 'overwrite' },
    { on: 'auth status', has: '-t --show-token', is: 'secret' },
    { on: 'release create, release upload', has: '--clobber', is: 'overwrite' },
    {
      on: 'pr view, issue view, repo view, run view, release view, pr list, issue list, pr checks, workflow view, search',
      has: '-w --web',
      is: 'run',
    },
  ],
};

/** Forges, hosts of programs, and other services with a command line of their own. */
export const HOSTING: Programs = {
  'gh glab hub tea': FORGE,
  heroku: {
    kind: 'cloud',
    valued: '-a --app -r --remote -t --team -n --num --type',
    verbs: true,
    groups: 'config apps auth logs domains addons pg ps releases',
    alone: 'look',
    does: {
      look: `apps, apps:info, info, config, config:get, addons, addons:info, addons:plans, addons:services, ps, logs, releases, releases:info, domains, domains:info, certs, certs:info, status, regions, auth:whoami, whoami, pg, pg:info, pg:ps, pg:locks, pg:diagnose, pg:outliers, pg:backups, pg:backups:info, pg:backups:schedules, pg:wait, pg:bloat, pg:credentials, access, members, teams, orgs, pipelines, pipelines:info, pipelines:diff, stack, buildpacks, features, features:info, labs, drains, webhooks, redis:info, redis, apps:errors, apps:favorites, list, keys, sessions, spaces, spaces:info, notifications, help, version, autocomplete, buildpacks:info, buildpacks:search, buildpacks:versions, clients, plugins, reviewapps, maintenance, container, ci, ci:info, ci:last, local:version, usage`,
      secret: 'config -s, auth:token, pg:credentials:url, config --json',
      send: 'create, apps:create, addons:create, config:set, config:edit, domains:add, certs:add, labs:enable, features:enable, access:add, pipelines:create, pipelines:add, pipelines:promote, drains:add, webhooks:add, buildpacks:set, buildpacks:add, container:push, container:release, git:remote, pg:copy, pg:backups:capture, pg:backups:schedule, pg:backups:download, pg:pull, login, auth:login, keys:add, addons:attach, git:clone, fork',
      run: 'run, run:detached, ps:exec, pg:psql, redis:cli, local, console, local:run, run:inside, ps:start, ci:run',
      lose: 'apps:destroy, destroy, apps:delete, addons:destroy, config:unset, config:remove, domains:remove, domains:clear, certs:remove, pg:reset, pg:push, pg:backups:delete, pg:backups:restore, pipelines:destroy, pipelines:remove, keys:remove, keys:clear, drains:remove, webhooks:remove, access:remove, buildpacks:remove, buildpacks:clear, container:rm, members:remove, spaces:destroy, pg:credentials:destroy, repo:reset, repo:purge_cache, redis:maintenance, addons:detach, pg:backups:unschedule, plugins:uninstall, clients:destroy, apps:leave, leave',
      disrupt:
        'apps:rename, rename, ps:restart, ps:stop, ps:scale, ps:kill, ps:resize, ps:type, restart, dyno:restart, dyno:stop, dyno:kill, dyno:scale, maintenance:on, maintenance:off, rollback, releases:rollback, apps:transfer, apps:lock, apps:unlock, pg:killall, pg:kill, pg:upgrade, pg:credentials:rotate, labs:disable, features:disable, addons:upgrade, addons:downgrade, apps:stacks:set, stack:set, auth:logout, logout, pg:unfollow, pg:maintenance:run, certs:update, pg:promote, reviewapps:disable, pg:connection-pooling:attach',
    },
  },
  'vercel now netlify ntl wrangler fly flyctl railway render firebase supabase surge deta gigalixir platform planetscale pscale turso neonctl neon convex amplify-cli koyeb cf northflank porter kinsta appwrite nhost encore sst shopify stripe contentful sanity auth0 okta cloudflare-cli fastly':
    {
      kind: 'cloud',
      valued:
        '-t --token -S --scope -A -a --app -c --config -e --env --project -P --site -s --org --region --name --environment --filter --site-id --account --tenant --session --project-ref --service-id --version',
      verbs: true,
      alone: 'run',
      groups:
        'config env secret secrets domains dns certs alias aliases projects project teams team apps app status logs log functions function deploy deployments deployment releases release branch database db pages kv d1 r2 bucket queues hyperdrive tail auth users user roles role apis api rules actions orgs events attack-protection test universal-login email-templates quickstarts custom-domains ips service service-version scale volumes machine machines postgres pg regions tokens image images integration storage remote config:unset webhooks webhook subscriptions customers products charges payment_intents volume variables variable terraform build push protection network-acl phone providers event-streams login passwordless open',
      does: {
        look: `ls, list, inspect, whoami, logs, status, env ls, env list, domains ls, domains inspect, dns ls, certs ls, alias ls, teams ls, projects ls, help, version, secrets ls, secrets list, sites:list, env:list, env:get, functions:list, status:hooks, deployments list, deployment list, kv namespace list, kv key list, kv key get, kv:key list, kv:namespace list, kv:key get, d1 list, d1 info, d1 migrations list, r2 bucket list, r2 bucket info, tail, versions list, versions view, pages project list, pages deployment list, queues list, apps list, ips list, volumes list, volumes show, machine list, machine status, releases, regions list, scale show, certs list, certs show, certs check, config show, config display, config validate, checks list, postgres list, platform regions, platform vm-sizes, tokens list, orgs list, orgs show, doctor, services, variables, projects:list, apps:list, functions:log, database:get, firestore:indexes, hosting:channel:list, hosting:sites:list, projects list, functions list, branches list, migration list, inspect db, db lint, db diff, gen types, network-restrictions get, postgres-config get, ssl-enforcement get, domains get, bandwidth,
          apps show, apis list, apis show, users search, users show, roles list, roles show, rules list, actions list, actions show, orgs members list, tenants list, ips check, attack-protection breached-password-detection show, stats, service list, service describe, service-version list, domain list, backend list, healthcheck list, vcl describe, dictionary list, compute validate, profile list, ip-list, pops, branch list, branch show, database list, database show, deploy-request list, deploy-request diff, deploy-request show, events list, get, customers list, customers retrieve, charges list, products list, subscriptions list, logs tail, resources, project list, teams list, history, routes list`,
        secret:
          'auth token, tokens create, secrets get, env pull, auth-keys, variables --kv, password create, projects api-keys, apps:sdkconfig, test token',
        send: 'deploy, publish, push, promote, env add, env set, env:set, env:import, domains add, dns add, dns import, certs issue, alias, alias set, secret put, secret bulk, secrets set, secrets import, kv key put, kv bulk put, kv:key put, kv namespace create, d1 create, r2 bucket create, r2 object put, r2 object get, d1 export, d1 backup, queues create, pages deploy, pages publish, versions upload, versions deploy, deployments, launch, apps create, volumes create, volumes extend, machine create, machine clone, ips allocate, ips allocate-v4, ips allocate-v6, certs add, certs create, postgres create, postgres attach, redis create, login, link, init, new, build, up, add, functions:create, sites:create, api, database:set, database:update, hosting:channel:deploy, hosting:clone, firestore:deploy, functions deploy, db pull, db dump, migration new, gen keys, projects create, branches create, users create, users import, roles create, apis create, actions create, actions deploy, orgs create, tenants use, branch create, deploy-request create, deploy-request deploy, compute publish, compute deploy, compute build, backend create, domain create, vcl upload, service create, trigger, customers create, customers update, products create, tenants open, quickstarts download, seed, use, switch',
        run: 'ssh console, ssh, proxy, connect, console, exec, dev, run, invoke, functions:invoke, functions:shell, shell, postgres connect, machine exec, d1 execute, listen, start, serve, emulators:start, emulators:exec, redis connect, db execute, test login, open, functions serve, machine run, run-command',
        overwrite: 'env:clone, database:push',
        lose: `rm, remove, delete, destroy, env rm, env remove, env unset, env:unset, domains rm, domains remove, dns rm, dns remove, certs rm, certs remove, certs delete, alias rm, projects rm, project rm, secrets rm, secrets unset, secrets remove, secret delete, kv key delete, kv:key delete, kv namespace delete, kv:namespace delete, kv bulk delete, kv:bulk delete, d1 delete, d1 time-travel restore, r2 bucket delete, r2 object delete, pages project delete, pages deployment delete, queues delete, queues purge, hyperdrive delete, vectorize delete, workflows delete, dispatch-namespace delete, tunnel delete, sites:delete, apps destroy, volumes destroy, volumes delete, machine destroy, machine remove, ips release, postgres detach, redis destroy, tokens revoke, orgs delete, wireguard remove, down, variables delete, variable delete, database:remove, firestore:delete, functions:delete, hosting:disable, hosting:channel:delete, hosting:sites:delete, remoteconfig:rollback, apps:sha:delete, auth:import, db reset, db push, projects delete, functions delete, branches delete, storage rm, migration repair, migration squash, stop --no-backup, users delete, users blocks delete, roles delete, apis delete, apps delete, rules delete, actions delete, apps:destroy, purge, domain delete, backend delete, service delete, dictionary delete, acl delete, acl-entry delete, vcl delete, kv-store delete, secret-store delete, config-store delete, user delete, branch delete, database delete, deploy-request close, password delete, backup delete, service-token delete, customers delete, products delete, project delete, service remove, environment delete, apps remove, uninstall, unpublish, dataset delete, space delete, delete-org, delete-space, delete-service, delete-route, delete-orphaned-routes, purge-service-offering`,
        disrupt:
          'rollback, restart, apps restart, machine restart, machine stop, machine kill, machine update, machine suspend, scale, scale count, scale vm, scale memory, suspend, apps suspend, resume, apps resume, stop, redeploy, env:switch, logout, config save, deployments rollback, versions rollback, postgres restart, postgres failover, postgres config update, checkpoint, apps move, move, transfer, domains move, domains transfer-in, projects pause, service-version activate, service version activate, service-version deactivate, service update, branch promote, branch demote, users update, users roles, roles permissions, cancel, subscriptions cancel, refunds create, payouts create, payment_intents cancel, charges refund, unlink, volumes fork, wireguard reset, secrets deploy, attack-protection breached-password-detection update, stop_app, restage, unmap-route, unbind-service, unset-env, unshare-service, ssl-enforcement update, network-bans remove, postgres-config update',
      },
      instead: [{ has: '--dry-run', is: 'rehearse' }],
      also: [{ has: '--prod --production', is: 'send' }],
    },
  'gitlab-rails gitlab-ctl gitlab-backup gitlab-rake rake rails artisan django-admin manage.py wp drush symfony': {
    kind: 'code',
    otherwise: 'run',
    does: {
      look: 'routes, about, stats, notes, status, tail, show-config, service-list, route:list, list, migrate:status, check, showmigrations, diffsettings, inspectdb, plugin list, theme list, user list, core version, option get, post list, db size, db tables, db check, core check-update, config get, core:status, pm:list, config:get, watchdog:show, debug:router, debug:container, version, env, cli info, user get, core verify-checksums',
      write:
        'generate, make:model, make:controller, makemigrations, migrate, db:migrate, collectstatic, startapp, startproject, db export, new, db:create, plugin install, core update, plugin update, sql:dump',
      lose: 'db:drop, db:reset, db:rollback, db:schema:load, db:truncate_all, migrate:fresh, migrate:reset, migrate:refresh, migrate:rollback, db:wipe, flush, sqlflush, reset_db, cleanse, restore, db drop, db reset, db clean, db import, plugin delete, plugin uninstall, theme delete, post delete, user delete, site empty, site delete, option delete, db query, sql:drop, site:install, sql:sync, config:delete, user:cancel, pm:uninstall, doctrine:database:drop, doctrine:schema:drop, gitlab:backup:restore, db:purge, db:migrate:reset, db:seed:replant, destroy',
      disrupt:
        'stop, restart, down, reconfigure, kill, hup, changepassword, plugin deactivate, maintenance-mode, search-replace, core downgrade, cache:clear, key:generate, queue:restart, queue:flush, cache:rebuild, config:import, queue:clear, user update, rewrite flush',
      run: 'console, runner, shell, tinker, dbshell, server, test, dbconsole, eval, eval-file, php, php:eval, serve, runserver, c, r',
    },
  },
  deck: {
    kind: 'cloud',
    does: {
      look: 'gateway diff, gateway dump, gateway validate, gateway ping, diff, dump, validate, ping, version, file lint, file validate',
      write: 'convert, file convert, file merge, file patch, file openapi2kong',
      lose: 'gateway sync, gateway reset, sync, reset',
      overwrite: 'gateway apply',
    },
  },
  'sentry-cli datadog-ci newrelic ldcli pagerduty pd opsgenie splunk promtool amtool grafana-cli logcli': {
    kind: 'cloud',
    verbs: true,
    groups: 'flags segments environments alert silence rules config tsdb releases search users plugins',
    does: {
      look: 'info, releases list, projects list, organizations list, issues list, alert query, alert, silence query, silence, check-config, check config, check rules, query instant, query range, query series, query labels, config show, cluster show, plugins ls, list, status, show, search, labels, series, query, version, test rules, events list, monitors list, tsdb list, tsdb analyze',
      send: 'releases new, releases set-commits, sourcemaps upload, send-event, upload-dif, silence add, releases finalize, releases deploys, deploys new, upload, alert add',
      lose: 'releases delete, clean, remove, delete, silence expire, plugins uninstall, releases files delete, tsdb create-blocks-from',
      disrupt:
        'stop, restart, offline, releases archive, admin reset-admin-password, monitors mute, issues mute, issues resolve',
    },
  },
};
