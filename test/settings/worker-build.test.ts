import { readSettings } from '../../src/settings.ts';
import { deploymentName } from '../../src/worker.ts';

it('a worker has no build unless it is given one', () => {
  expect(readSettings({}).workerBuild).toBeUndefined();
  expect(readSettings({ GATEHOUSE_WORKER_VERSIONING: 'pinned' }).workerBuild).toBeUndefined();
});

it('open actions move on to the next build unless they are pinned', () => {
  const GATEHOUSE_WORKER_BUILD = '0.2.0';
  expect(readSettings({ GATEHOUSE_WORKER_BUILD }).workerBuild).toEqual({ id: '0.2.0', versioning: 'auto-upgrade' });
  const pinned = readSettings({ GATEHOUSE_WORKER_BUILD, GATEHOUSE_WORKER_VERSIONING: 'pinned' });
  expect(pinned.workerBuild).toEqual({ id: '0.2.0', versioning: 'pinned' });
});

it('a build or a word that cannot be used is refused with its fix', () => {
  const read = () => readSettings({ GATEHOUSE_WORKER_BUILD: 'two words', GATEHOUSE_WORKER_VERSIONING: 'both' });
  expect(read).toThrow(
    /GATEHOUSE_WORKER_BUILD: "two words" is not 1 to 100 letters, digits and \. _ -\. Give what names/,
  );
  expect(read).toThrow(/GATEHOUSE_WORKER_VERSIONING: "both" is not one of auto-upgrade, pinned\. Set it to/);
});

it('the deployment has the name of the task queue, without what Temporal keeps for itself', () => {
  expect(deploymentName('gatehouse')).toBe('gatehouse');
  expect(deploymentName('team.eu:gate_1')).toBe('team-eu-gate_1');
});
