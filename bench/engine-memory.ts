// How much memory the engines that this process starts need at most. Linux tells; other systems are not asked.
import { readdirSync, readFileSync } from "node:fs";

const PAUSE_MS = 100;

/** Watches until it is stopped, which tells the largest, in megabytes. */
export function watchMemory(): { stop(): number | undefined } {
  let peak: number | undefined;
  const timer = setInterval(() => {
    for (const megabytes of enginesOf(process.pid)) peak = Math.max(peak ?? 0, megabytes);
  }, PAUSE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

function enginesOf(parent: number): number[] {
  const processes = textOf("/proc/self/stat") === undefined ? [] : readdirSync("/proc");
  return processes.flatMap((id) => {
    const status = /^\d+$/.test(id) ? textOf(`/proc/${id}/status`) : undefined;
    const [, name] = status?.match(/^Name:\s+(\S+)/m) ?? [];
    const [, above] = status?.match(/^PPid:\s+(\d+)/m) ?? [];
    const [, kilobytes] = status?.match(/^VmHWM:\s+(\d+)/m) ?? [];
    // One that has ended, and nobody has asked how, has no memory.
    if (kilobytes === undefined) return [];
    return name === "pulumi" && Number(above) === parent ? [Number(kilobytes) / 1024] : [];
  });
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Not Linux, or a process that is gone.
    return undefined;
  }
}
