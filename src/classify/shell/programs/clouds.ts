import type { Programs } from '../program.ts';
import { aws } from '../special/aws.ts';

/** The command lines of clouds. Their verbs are regular: `describe-…`, `delete-…`, `… list`. */
export const CLOUDS: Programs = {
  aws: { kind: 'cloud', special: aws },
  awslocal: { kind: 'cloud', special: aws },
  gcloud: {
    kind: 'cloud',
    verbs: true,
    alone: 'look',
    valued:
      '--project --zone --region --format --filter --limit --sort-by --account --configuration --impersonate-service-account --page-size --verbosity --location --cluster --instance --member --role --flatten --uri --service --version',
    groups:
      'run deploy config auth iam source services service policies policy logs tags events app metrics workflows domains deployment releases registry release access test users images roles builds functions triggers',
    does: {
      look: `info, version, topic, cheat-sheet, auth list, config list, config get, config get-value, config configurations list, config configurations describe, logging read, logging tail,
        projects get-ancestors, iam list-testable-permissions, iam list-grantable-roles, services list, components list, app logs read, app logs tail, functions logs read, run services logs read,
        compute instances get-serial-port-output, compute instances tail-serial-port-output, container get-server-config,
        kms keys get-public-key, artifacts docker images list, container images list-tags, app instances list, survey, feedback, meta, compute project-info describe, dns record-sets list`,
      secret:
        'auth print-access-token, auth print-identity-token, auth application-default print-access-token, secrets versions access, auth print-refresh-token, sql generate-login-token',
      write:
        'init, auth configure-docker, container clusters get-credentials, components install, components update, config set, config configurations create, config configurations activate, auth login, auth application-default login, auth activate-service-account, app deploy, functions deploy, run deploy, builds submit, storage cp, storage mv, storage rsync, beta code dev, compute config-ssh, pubsub topics publish, pubsub subscriptions pull',
      run: 'app browse, compute ssh, compute scp, compute start-iap-tunnel, cloud-shell, functions call, alpha interactive, workflows run, run jobs execute, scheduler jobs run, app instances ssh',
      lose: 'storage rm, firestore bulk-delete, kms keys versions destroy, datastore indexes cleanup, config unset, sql instances reset-ssl-config, spanner databases ddl update, sql import, firestore import',
      disrupt: `compute instances reset, compute instances stop, compute instances suspend, services disable, auth revoke, sql instances restart, sql instances failover, sql backups restore, container clusters resize, container clusters upgrade,
        app services set-traffic, compute instance-groups managed rolling-action, compute instance-groups managed resize, iam service-accounts disable, projects remove-iam-policy-binding, projects set-iam-policy,
        projects add-iam-policy-binding, organizations set-iam-policy, organizations add-iam-policy-binding, pubsub subscriptions seek, sql instances promote-replica, kms keys versions disable, secrets versions disable`,
    },
  },
  az: {
    kind: 'cloud',
    verbs: true,
    lastVerb: true,
    alone: 'look',
    groups:
      'config monitor policy role log logs deployment tag backup lock restore-point snapshot image extension cloud account feedback upgrade webapp functionapp acr aks identity stack',
    does: {
      look: `version, find, feedback, survey, account list, account show, account list-locations, ad signed-in-user show, monitor log-analytics query, graph query, aks get-versions, aks get-upgrades, webapp log tail, webapp log show, acr check-health, acr check-name,
        storage account check-name, deployment group what-if, deployment sub what-if, deployment group validate, deployment sub validate, bicep version, bicep list-versions, config get, cosmosdb check-name-exists, pipelines runs, boards query, devops configure --list, storage blob exists`,
      secret: `account get-access-token, keyvault secret show, keyvault secret download, storage account keys list, acr credential show, cosmosdb keys list, redis list-keys, servicebus namespace authorization-rule keys list,
        webapp deployment list-publishing-credentials, functionapp keys list, ad sp create-for-rbac, ad sp credential reset, acr login --expose-token, storage account show-connection-string, batch account keys list, iot hub connection-string show, eventhubs namespace authorization-rule keys list, cognitiveservices account keys list, search admin-key show, webapp deployment list-publishing-profiles, appconfig credential list`,
      write:
        'login, logout, configure, aks get-credentials, acr login, acr build, account set, config set, bicep build, bicep install, bicep upgrade, extension add, extension update, upgrade',
      run: 'vm run-command invoke, aks command invoke, rest, ssh vm, container exec, webapp ssh, functionapp function invoke, bicep publish, interactive',
      lose: 'group delete, storage blob delete-batch, config unset, account clear, extension remove, keyvault purge, keyvault secret purge, keyvault key purge, storage remove, vm delete',
      disrupt:
        'vm deallocate, vm stop, vm restart, vm redeploy, vm reimage, vmss deallocate, vmss stop, webapp stop, webapp restart, functionapp stop, aks stop, sql db restore, storage account keys renew, network vnet peering sync, redis force-reboot, redis flush, cosmosdb keys regenerate, lock delete, postgres flexible-server restart',
    },
  },
  gsutil: {
    kind: 'cloud',
    valued: '-o -h -u -i',
    does: {
      look: 'ls, cat, du, stat, hash, version, help, acl get, cors get, defacl get, iam get, label get, lifecycle get, logging get, versioning get, website get, retention get, ubla get, kms authorization, test, perfdiag, requesterpays get, notification list, hmac list, hmac get, pap get, rpo get, bucketpolicyonly get',
      write: 'cp, mb, compose, setmeta, signurl, config, update, rewrite',
      admin:
        'acl set, acl ch, iam set, iam ch, defacl set, defacl ch, cors set, label set, label ch, logging set, versioning set, website set, retention set, ubla set, kms encryption, notification create, hmac create, hmac update, pap set, requesterpays set, web set',
      lose: 'rm, rb, mv, retention clear, notification delete, hmac delete, lifecycle set',
    },
    also: [
      { on: 'rsync', has: '-d', is: 'lose' },
      { on: 'rsync', is: 'send' },
    ],
  },
  bq: {
    kind: 'database',
    valued: '--project_id --dataset_id --location --format -n --max_results --job_id --api',
    does: {
      look: 'ls, show, head, help, version, get-iam-policy, info, wait',
      write: 'mk, cp, extract, insert, load, init, partition',
      run: 'query, shell',
      admin: 'update, set-iam-policy, add-iam-policy-binding',
      lose: 'rm, remove-iam-policy-binding, truncate',
      disrupt: 'cancel',
    },
    instead: [{ on: 'query', has: '--dry_run', is: 'rehearse' }],
    also: [
      { on: 'load', has: '--replace', is: 'overwrite' },
      { on: 'query', has: '--replace', is: 'overwrite' },
    ],
  },
  azcopy: {
    kind: 'cloud',
    does: {
      look: 'list, ls, jobs list, jobs show, env, doc, login status',
      send: 'copy, cp, sync, make, login, set-properties, jobs resume',
      lose: 'remove, rm, jobs remove, jobs clean',
    },
    also: [{ on: 'sync', has: '--delete-destination --delete-destination=true', is: 'lose' }],
    instead: [{ has: '--dry-run', is: 'rehearse' }],
  },
  'doctl linode-cli vultr-cli hcloud scw oci ibmcloud civo aliyun tccli exo upctl ovhcloud openstack nova hetzner': {
    kind: 'cloud',
    verbs: true,
    alone: 'look',
    groups:
      'apps auth registry config images logs metrics events tags policy role roles policies users release deployment run compute db iam image server',
    does: {
      look: 'account get, balance get, version, regions, sizes, target, apps logs',
      secret: 'registry login, databases connection, kubernetes cluster kubeconfig show',
      disrupt:
        'reboot, power-off, power-cycle, poweroff, rebuild, resize, shutdown, compute droplet-action, server rebuild, server reset',
    },
  },
  'eb sam serverless sls copilot chalice amplify ecs-cli cfn zappa': {
    kind: 'cloud',
    does: {
      look: 'list, status, logs, events, health, printenv, info, print, validate, metrics, show, app ls, env ls, svc ls, svc show, svc status, svc logs, job ls, env show, app show, doctor, plugin list, traces, list endpoints, list resources, url, diff, deploy list, docs, tail',
      write:
        'init, build, package, create, pull, env init, app init, svc init, generate-models, add, config, use, clone, codegen, svc package',
      send: 'deploy, push, publish, sync, svc deploy, env deploy, job deploy, env add, upgrade',
      run: 'local invoke, local start-api, local, invoke, run, start, offline, svc exec, task run, ssh, open, console, dev',
      lose: 'terminate, delete, remove, destroy, undeploy, app delete, env delete, svc delete, job delete, down, env remove',
      disrupt: 'abort, swap, restore, scale, setenv, rollback, svc pause, svc rollback, restart, update',
    },
  },
};
