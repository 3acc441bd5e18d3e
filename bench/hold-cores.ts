import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measured } from './processes.ts';
import type { Bench } from './scenario.ts';

/** Short, so that nobody who is held keeps what others wait for any longer than that; in microseconds. */
const period = 5_000;
const groups = '/sys/fs/cgroup';

/**
 * Holds each process to a part of one core, as a container with a CPU limit is held, until what it gives is called, or the scenario
 * ends. Null where this machine does not allow it: it takes Linux, with control groups that whoever runs the benchmark may make.
 */
export function holdCores(bench: Bench, processes: readonly Measured[], part: number): (() => void) | null {
  try {
    const held = processes.map(({ pid }) => hold(bench, pid, Math.round(part * period)));
    return () => {
      for (const letGo of held) letGo();
    };
  } catch {
    return null;
  }
}

function hold(bench: Bench, pid: number, quota: number): () => void {
  const isFirstVersion = existsSync(join(groups, 'cpu/cpu.cfs_quota_us'));
  const group = join(groups, isFirstVersion ? 'cpu' : '', `kaeru-bench-${pid}`);
  if (!isFirstVersion) letGroupsLimit();
  mkdirSync(group);
  const letGo = () => free(group, pid);
  bench.later(letGo);
  if (isFirstVersion) {
    writeFileSync(join(group, 'cpu.cfs_period_us'), `${period}`);
    writeFileSync(join(group, 'cpu.cfs_quota_us'), `${quota}`);
  } else writeFileSync(join(group, 'cpu.max'), `${quota} ${period}`);
  writeFileSync(join(group, 'cgroup.procs'), `${pid}`);
  return letGo;
}

function letGroupsLimit(): void {
  const limited = join(groups, 'cgroup.subtree_control');
  if (!readFileSync(limited, 'utf8').split(/\s/).includes('cpu')) writeFileSync(limited, '+cpu');
}

/** The process goes back to the others before its group goes. */
function free(group: string, pid: number): void {
  if (!existsSync(group)) return;
  try {
    writeFileSync(join(group, '..', 'cgroup.procs'), `${pid}`);
  } catch {
    // It has ended.
  }
  rmdirSync(group);
}
