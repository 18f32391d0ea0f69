import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

/** Where a run took place: figures of two machines do not compare. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  node: string;
  platform: string;
  /** How busy it was before the run; above 0.3 the figures are another program's too. */
  loadBefore: number;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    loadBefore: loadavg()[0] ?? NaN,
  };
}

export function machineLine(machine: Machine, setup: string): string {
  const { cpu, cores, memoryGb, node, platform, loadBefore } = machine;
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const busy = `load average before the run ${loadBefore.toFixed(2)}`;
  return `Gatehouse ${version}, ${setup}; ${cores} cores of ${cpu}, ${memoryGb} GB, ${platform}, Node ${node}; ${busy}.`;
}
