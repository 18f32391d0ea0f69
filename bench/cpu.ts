import { readFileSync, readdirSync } from 'node:fs';

/** The kernel counts in hundredths of a second, on every machine that it is compiled for today. */
const TICK_MS = 10;

/** CPU time in milliseconds by the name of a process. */
export type CpuTimes = Record<string, number>;

/** What each process and its children have used so far. Empty where there is no /proc. */
export function readCpu(pids: Readonly<Record<string, number>>): CpuTimes {
  const stats = readAll();
  return Object.fromEntries(
    Object.entries(pids).flatMap(([name, pid]) => {
      const own = stats.get(pid);
      if (own === undefined) return [];
      const children = [...stats.values()].filter(({ parent }) => parent === pid);
      return [[name, own.ticks + own.reaped + children.reduce((sum, child) => sum + child.ticks, 0)] as const];
    }),
  );
}

/** What was used between two readings. */
export function cpuBetween(before: CpuTimes, after: CpuTimes): CpuTimes {
  return Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]));
}

export function addCpu(a: CpuTimes, b: CpuTimes): CpuTimes {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}

interface Stat {
  parent: number;
  ticks: number;
  /** Of children that have ended. */
  reaped: number;
}

function readAll(): Map<number, Stat> {
  const stats = new Map<number, Stat>();
  if (process.platform !== 'linux') return stats;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name of the program may hold spaces; the fields after its last ")" are plain. The first of them is the third.
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const field = (number: number) => fields[number - 3] ?? 0;
      const ms = (user: number, system: number) => (field(user) + field(system)) * TICK_MS;
      stats.set(Number(name), { parent: field(4), ticks: ms(14, 15), reaped: ms(16, 17) });
    } catch {
      // It ended while we looked.
    }
  }
  return stats;
}
