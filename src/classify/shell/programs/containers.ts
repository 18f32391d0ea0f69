import type { Program, Programs } from '../program.ts';
import { container, pod } from '../special/remote.ts';

const DOCKER: Program = {
  kind: 'cloud',
  valued:
    '-c -H -l --context --host --log-level --config -f --filter --format -n --last --since --until --tail -o --output --name -t --tag -v --volume -e --env -p --publish --network --driver --opt --label -m --message -a --author --file --target --platform --project-name --profile --env-file --project-directory --time -s --signal',
  special: container,
  alone: 'look',
  does: {
    look: `ps, images, image ls, image list, image inspect, image history, container ls, container list, container ps, container inspect,
      container logs, container top, container stats, container port, container diff, logs, inspect, top, stats, port, diff, history,
      events, info, version, system df, system info, system events, network ls, network list, network inspect, volume ls, volume list,
      volume inspect, context ls, context list, context inspect, context show, plugin ls, plugin list, plugin inspect, node ls, node ps,
      node inspect, node list, service ls, service list, service ps, service inspect, service logs, stack ls, stack ps, stack services, stack config,
      config ls, config inspect, secret ls, secret inspect, manifest inspect, buildx ls, buildx inspect, buildx du, buildx version,
      buildx imagetools inspect, builder du, compose ps, compose ls, compose logs, compose config, compose images, compose top, compose port,
      compose version, compose events, compose convert, compose stats, compose volumes, scout quickview, scout cves, scout recommendations, scout compare,
      trust inspect, checkpoint ls, pod ps, pod ls, pod list, pod inspect, pod logs, pod top, pod stats, pod exists, image exists,
      container exists, volume exists, network exists, healthcheck, image tree, image diff, machine list, machine ls,
      machine inspect, machine info, kube generate, generate kube, generate systemd, auto-update --dry-run, system connection list`,
    fetch: 'search, image search',
    write: `pull, image pull, tag, image tag, build, image build, buildx build, buildx bake, builder build, create, container create, commit, container commit, cp, container cp,
      load, image load, import, image import, rename, container rename, network create, volume create, context create, context use, context update, context export, compose pull, compose build,
      compose create, compose cp, unpause, container unpause, pause, container pause, compose pause, compose unpause, manifest create, manifest annotate,
      save, image save, export, container export, secret create, config create, pod create, machine init, update, container update, service update, service scale, service create, stack deploy, network connect, compose scale, attach, container attach, init`,
    send: 'push, image push, compose push, manifest push, login, logout, trust sign, plugin push, buildx imagetools create',
    run: 'run, exec, start, restart, container start, container restart, container run, container exec, compose up, compose run, compose exec, compose start, compose restart, compose watch, up, debug, play kube, kube play, machine start, machine ssh, plugin install, plugin enable',
    drop: 'rmi, image rm, image remove, image prune, builder prune, buildx prune, builder rm, buildx rm, context rm, manifest rm, untag, image untag',
    lose: `rm, container rm, container remove, container prune, system prune, system reset, volume rm, volume remove, volume prune, network rm, network remove, network prune,
      compose down, compose rm, stack rm, stack remove, service rm, service remove, secret rm, secret remove, config rm, config remove, plugin rm, plugin remove, pod rm, pod prune,
      node rm, node remove, swarm leave, machine rm, machine reset, checkpoint rm, kube down, play kube down, trust revoke, volume reset`,
    disrupt: `swarm ca, stop, kill, container stop, container kill, compose stop, compose kill, pod stop, pod kill, network disconnect, swarm init, swarm join, swarm update, swarm unlock,
      node update, node demote, node promote, plugin disable, machine stop, service rollback`,
  },
  instead: [
    { on: 'buildx rm, builder rm', is: 'drop' },
    { on: 'container run, container exec', is: 'run' },
  ],
  also: [
    { on: 'image prune', has: '-a --all', is: 'lose' },
    { on: 'rmi, image rm, image remove', has: '-f --force', is: 'lose' },
    { on: 'builder prune, buildx prune', has: '-a --all', is: 'lose' },
    { on: 'service scale', is: 'write' },
    { on: 'build, image build, buildx build', has: '--push', is: 'send' },
  ],
};

const COMPOSE: Program = {
  kind: 'cloud',
  valued:
    '-f --file -p --project-name --profile --env-file --project-directory --tail -t --timeout --since --until --format',
  does: {
    look: 'ps, ls, logs, config, images, top, port, version, events, convert, stats, volumes, help, systemd',
    write: 'build, pull, create, cp, pause, unpause, scale',
    send: 'push',
    run: 'up, run, exec, start, restart, watch',
    lose: 'down, rm',
    disrupt: 'stop, kill',
  },
  special: (call) =>
    container({ ...call, args: [{ ...call.at, text: 'compose', known: true, quoted: false }, ...call.args] }),
};

/** Containers, clusters and what is deployed into them. */
export const CONTAINERS: Programs = {
  'docker podman nerdctl': DOCKER,
  'docker-compose podman-compose': COMPOSE,
  'kubectl oc k': {
    kind: 'cloud',
    valued:
      '-n -c -f -l -o -s -k -p -L --namespace --container --context --cluster --user --kubeconfig --as --as-group --server --token --request-timeout --field-selector --selector --output --filename --sort-by --tail --since --grace-period --timeout --type --replicas --patch --for --template --label-columns --from-literal --from-file --image',
    special: pod,
    alone: 'look',
    does: {
      look: `get, describe, logs, log, top, explain, version, api-resources, api-versions, cluster-info, diff, events, wait, auth can-i, auth whoami,
        config view, config current-context, config get-contexts, config get-clusters, config get-users, rollout status, rollout history, options, plugin list,
        completion, kustomize, status, whoami, projects`,
      write: `apply, create, patch, edit, label, annotate, set, expose, autoscale, cp, scale, config set-context, config set-cluster, config rename-context,
        config use-context, rollout resume, uncordon, certificate approve, new-project, new-app, project, process, adm groups`,
      run: 'run, exec, attach, port-forward, proxy, debug, rsh, start-build, rsync',
      lose: 'delete, replace --force, config delete-context, config delete-cluster, config delete-user, config unset, adm prune, project delete',
      disrupt:
        'drain, cordon, taint, rollout undo, rollout restart, rollout pause, replace, certificate deny, adm drain, adm cordon, adm taint, adm policy, policy, auth reconcile, login, logout, config set-credentials, config set',
    },
    instead: [
      { has: '--dry-run --dry-run=client --dry-run=server', lacks: '--dry-run=none', is: 'rehearse' },
      { on: 'config view', has: '--raw', is: 'secret' },
    ],
    also: [
      { on: 'apply', has: '--prune --force', is: 'lose' },
      { on: 'replace', has: '--force', is: 'lose' },
      { on: 'scale', has: '--replicas=0', is: 'disrupt' },
      { on: 'scale', is: 'disrupt' },
      { on: 'cluster-info dump', has: '--output-directory', is: 'write' },
    ],
  },
  helm: {
    kind: 'cloud',
    valued:
      '-n --namespace --kube-context --kubeconfig -f --values --set --set-string --set-file --version --revision --repo -o --output --timeout --max --filter -l --selector',
    alone: 'look',
    does: {
      look: `list, ls, status, history, hist, get, search, version, env, template, lint, verify, repo list, repo ls, dependency list, dep list, plugin list, plugin ls, diff, completion, help`,
      fetch: 'search hub, search repo, show, inspect',
      write:
        'create, package, repo add, repo update, repo up, repo index, dependency update, dependency build, dep update, dep build, pull, fetch, plugin update',
      send: 'push, registry login, registry logout, install, upgrade',
      run: 'test, plugin install',
      lose: 'uninstall, delete, del, un, repo remove, repo rm, plugin uninstall, plugin remove',
      disrupt: 'rollback',
    },
    instead: [
      { on: 'install, upgrade, uninstall, delete, del, un, rollback', has: '--dry-run', is: 'rehearse' },
      { on: 'template', has: '--output-dir', is: 'write' },
    ],
    also: [{ on: 'upgrade', has: '--force --reset-values', is: 'disrupt' }],
  },
  'helmfile skaffold tilt': {
    kind: 'cloud',
    does: {
      look: 'list, diff, lint, template, status, build-values, version, diagnose, schema list, config list, describe, get',
      write: 'deps, repos, render, build, fetch, init, write-values',
      send: 'apply, sync, deploy, push',
      run: 'run, dev, debug, up, test, ci, trigger',
      lose: 'destroy, delete, down',
    },
  },
  'kustomize kubeval kubeconform kube-linter kubeseal stern kubetail popeye kube-score pluto': {
    kind: 'cloud',
    otherwise: 'look',
    does: { write: 'edit, create, cfg, fn' },
    writes: '-o --output',
  },
  'kubectx kubens': {
    kind: 'cloud',
    otherwise: 'write',
    alone: 'look',
    also: [{ has: '-d', is: 'lose' }],
    instead: [{ has: '-c --current', is: 'look' }],
  },
  'kind minikube k3d k3s microk8s eksctl kops kubeadm colima lima limactl multipass vagrant vboxmanage virsh talosctl rke':
    {
      kind: 'cloud',
      verbs: true,
      groups: 'config cluster image node service addons nodegroup',
      does: {
        look: 'status, profile list, ip, service list, service --url, addons list, get, utils describe-stacks, box list, global-status, port, ssh-config, validate, dominfo, domstate, net-list, pool-list, vol-list, info, kubectl get',
        disrupt: 'halt, reload, suspend, reset, shutdown, managedsave, domblk, snapshot-revert, drain',
        lose: 'destroy, undefine, delete, unregistervm, vol-delete, vol-wipe, pool-delete, pool-destroy, net-destroy, net-undefine, snapshot-delete, clean, purge, closemedium, box remove',
        run: 'up, provision, ssh, exec, start, shell, console',
        write: 'export, load, docker-env',
      },
    },
  'crictl ctr': { kind: 'cloud', verbs: true, groups: 'images containers tasks', alone: 'look' },
  'skopeo crane dive trivy grype syft hadolint cosign regctl oras': {
    kind: 'cloud',
    does: {
      look: 'inspect, list-tags, ls, digest, manifest, catalog, validate, tag list, image get-file, repo ls, tag ls, manifest get, discover',
      fetch: 'image, fs, rootfs, repo, filesystem, repository, config, k8s, verify, tree, scan, packages',
      send: 'copy, sync, cp, push, append, mutate, image mod, image create, image import, blob put, manifest put, artifact put, tag, sign, attach, attest, login, logout, image copy',
      lose: 'image delete, delete, clean, rm, tag rm, manifest delete, repo delete, tag delete',
    },
  },
  'argocd flux velero istioctl linkerd': {
    kind: 'cloud',
    valued: '-n --namespace --context --kubeconfig -o --output --server --grpc-web-root-path -l --selector',
    verbs: true,
    groups: 'app proj cluster repo backup restore schedule proxy-config schedules',
    does: {
      look: 'app get, app list, app diff, app history, app logs, app manifests, app resources, app wait, get, logs, tree, trace, stats, check, version, diff, proxy-status, proxy-config, ps, pc, analyze, backup get, backup describe, backup logs, restore get, restore describe, restore logs, schedule get, schedule describe, backup-location get, snapshot-location get, viz stat, viz top, viz tap, viz edges, viz routes, viz list, account list, account can-i, account get, account get-user-info, context, cluster list, cluster get, repo list, repo get, proj list, proj get, export, describe, x describe',
      write:
        'app set, app create, app patch, backup create, schedule create, backup download, create, install, inject, uninject, kube-inject, reconcile, resume, schedule unpause',
      disrupt:
        'app sync, app rollback, app terminate-op, restore create, suspend, schedule pause, account update-password, proj role, app actions run',
      lose: 'app delete, app delete-resource, app unset, cluster rm, repo rm, proj delete, delete, uninstall, backup delete, restore delete, schedule delete, backup-location delete, snapshot-location delete, x uninstall, experimental uninstall',
    },
    also: [{ on: 'app sync', has: '--prune --force', is: 'lose' }],
  },
};
