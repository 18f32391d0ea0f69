import type { Program, Programs } from '../program.ts';

const TERRAFORM: Program = {
  kind: 'cloud',
  longDash: true,
  alone: 'look',
  does: {
    look: `show, output, validate, version, providers, providers schema, graph, plan, state list, state show, workspace list, workspace show,
      metadata functions, modules, query, run-all plan, graph-dependencies, terragrunt-info, render-json, output-module-groups`,
    secret: 'state pull',
    write: `fmt, init, get, workspace new, workspace select, workspace, import, test, login, logout, providers lock,
      providers mirror, untaint, hclfmt, run-all init, refresh`,
    run: 'console',
    send: 'apply, run-all apply, stack',
    lose: 'destroy, state rm, workspace delete, run-all destroy',
    disrupt: 'state mv, state replace-provider, force-unlock, taint, state push',
  },
  instead: [
    { on: 'fmt', has: '-check -check=true', lacks: '-write=true', is: 'look' },
    { on: 'state rm, state mv', has: '-dry-run', is: 'rehearse' },
    { on: 'plan', has: '-out', is: 'write' },
  ],
  also: [
    { on: 'apply, run-all apply', has: '-destroy', is: 'lose' },
    {
      on: 'apply, run-all apply',
      has: '-auto-approve --auto-approve -replace --terragrunt-non-interactive',
      is: 'disrupt',
    },
    { on: 'init', has: '-force-copy -migrate-state -reconfigure', is: 'disrupt' },
  ],
};

/** Tools that make and change infrastructure out of descriptions of it. */
export const INFRASTRUCTURE: Programs = {
  'terraform tofu terragrunt': TERRAFORM,
  'tflint tfsec checkov terrascan infracost terraform-docs driftctl cfn-lint': {
    otherwise: 'look',
    kind: 'cloud',
    does: { write: 'init' },
    also: [{ has: '--fix', is: 'write' }],
    writes: '--output-file',
  },
  pulumi: {
    kind: 'cloud',
    valued: '-s --stack -C --cwd --color -m --message -t --target',
    alone: 'look',
    does: {
      look: `preview, pre, whoami, version, about, logs, stack $, stack ls, stack output, stack history, stack graph, history, config $, config get, plugin ls, policy ls,
        org get-default, schema check, stack tag ls, stack tag get, state graph, package get-schema, deployment settings get`,
      write:
        'new, convert, import, stack init, stack select, stack tag set, stack rename, config set, config set-all, config cp, config refresh, install, package add, state upgrade, stack export, login, logout, org set-default',
      send: 'up, update, watch',
      lose: 'destroy, down, dn, stack rm, state delete, config rm, config rm-all, stack tag rm, plugin rm, policy rm',
      disrupt:
        'cancel, refresh, state unprotect, state rename, state move, stack import, stack change-secrets-provider, state repair',
    },
    instead: [{ on: 'config, stack export', has: '--show-secrets', is: 'secret' }],
    also: [
      { on: 'up, update', has: '-y --yes -f --skip-preview', is: 'disrupt' },
      { on: 'stack', has: '--show-secrets', is: 'secret' },
    ],
  },
  cdk: {
    kind: 'cloud',
    valued: '-a --app -c --context --profile -o --output --role-arn -r --toolkit-stack-name',
    alone: 'look',
    does: {
      look: 'list, ls, diff, synth, synthesize, metadata, notices, doctor, docs, doc, context, flags, version',
      write: 'init, migrate, acknowledge, ack, import',
      send: 'deploy, bootstrap, watch',
      lose: 'destroy, gc',
      disrupt: 'rollback, refactor',
    },
    also: [
      { on: 'context', has: '--clear --reset -e', is: 'lose' },
      { on: 'deploy', has: '--force -f', is: 'disrupt' },
    ],
  },
  packer: {
    kind: 'cloud',
    longDash: true,
    does: {
      look: 'validate, inspect, version, plugins installed, plugins required, fix',
      write: 'init, fmt, hcl2_upgrade, plugins install',
      run: 'build, console',
      lose: 'plugins remove',
    },
    instead: [
      { on: 'fmt', has: '-check', is: 'look' },
      { on: 'fix, hcl2_upgrade', has: '-output-file', is: 'write' },
    ],
  },
  ansible: {
    otherwise: 'run',
    alone: 'look',
    valued: '-i -m -a -u -l -e -f -o -t --inventory --module-name --args --user --limit --extra-vars',
    instead: [{ has: '--list-hosts --check -C', is: 'look' }],
    also: [
      {
        has: '-m=shell -m=command -m=raw -m=script --module-name=shell --module-name=command --module-name=raw',
        is: 'blind',
      },
      { has: '-m=reboot -m=file -m=service -m=systemd -m=user', is: 'disrupt' },
    ],
  },
  'ansible-playbook ansible-pull': {
    otherwise: 'run',
    valued: '-i -u -l -e -t --inventory --user --limit --extra-vars --tags --skip-tags -U --url',
    instead: [{ has: '--list-hosts --list-tasks --list-tags --syntax-check --check -C', is: 'look' }],
  },
  'ansible-doc ansible-inventory ansible-config ansible-lint': {
    otherwise: 'look',
    does: { write: 'init' },
    writes: '--output',
    also: [{ has: '--fix --write --generate-ignore', is: 'write' }],
  },
  'ansible-galaxy': {
    verbs: true,
    groups: 'role collection',
    does: {
      look: 'collection verify, info, search',
      send: 'collection publish, import',
      write: 'install, init, setup, download',
    },
  },
  'ansible-vault': {
    does: { secret: 'view', write: 'create, encrypt, encrypt_string, edit', reveal: 'decrypt', disrupt: 'rekey' },
  },
  'ansible-test': {
    otherwise: 'run',
    does: { look: 'env' },
    instead: [{ has: '--list-targets --list-tests --explain', is: 'look' }],
  },
  'ansible-console': { otherwise: 'run', instead: [{ has: '--list-hosts', is: 'look' }] },
  vault: {
    kind: 'cloud',
    longDash: true,
    does: {
      look: `status, version, list, policy list, policy read, auth list, secrets list, audit list, token lookup, token capabilities, kv list, kv metadata get, namespace list,
        plugin list, plugin info, operator raft list-peers, operator members, lease lookup, print, path-help, read sys/health`,
      secret: 'read, kv get, unwrap, token create, print token',
      write:
        'write, kv put, kv patch, kv metadata put, policy write, policy fmt, auth enable, secrets enable, audit enable, namespace create, login, kv undelete, transit, agent, server, ssh',
      lose: 'delete, kv delete, kv destroy, kv metadata delete, policy delete, secrets disable, auth disable, audit disable, namespace delete, lease revoke, token revoke, kv rollback, plugin deregister, operator raft remove-peer, operator raft snapshot restore',
      disrupt:
        'operator seal, operator unseal, operator rekey, operator rotate, operator step-down, operator init, operator generate-root, secrets move, secrets tune, auth tune, operator migrate',
    },
  },
  'consul nomad boundary waypoint': {
    kind: 'cloud',
    verbs: true,
    longDash: true,
    groups: 'kv acl job node policy token role session snapshot config operator services server system',
    does: {
      look: 'members, kv get, catalog, info, job status, job plan, job inspect, job history, alloc status, alloc logs, alloc fs, node status, status, monitor, validate, operator raft list-peers, acl token read, acl policy read',
      write: 'kv put, kv import, job dispatch, snapshot save, services register, session create, var put',
      run: 'exec, alloc exec, job run, run, agent, dev, connect',
      lose: 'kv delete, leave, force-leave, acl token delete, acl policy delete, snapshot restore, namespace delete, job stop -purge, system gc, services deregister, var purge',
      disrupt:
        'job stop, stop, job revert, alloc stop, alloc restart, node drain, node eligibility, maint, operator raft remove-peer, deployment fail',
    },
  },
  'salt salt-call knife chef-client puppet bolt': {
    verbs: true,
    does: {
      look: 'node list, node show, cookbook list, cookbook show, config print, resource, facts, lookup, status, parser validate, test.ping, grains.items',
      lose: 'node delete, client delete, cookbook delete, environment delete, role delete, data bag delete',
    },
  },
};
