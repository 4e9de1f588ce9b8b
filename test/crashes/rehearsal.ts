// Records what an undisturbed run of a stack does and leaves, and compares with it what is left after a run that was killed.
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { LocalCloudAddress } from "../../local-cloud/index.js";
import { existingVault } from "../support/existing-vault.js";
import { type CrashPoint, changingCalls, crashPoints, ruleFor } from "./crash-points.js";
import { CERTIFICATE, crashStacks, DOMAIN, LIVES } from "./crash-stacks.js";
import { type Contents, Scene } from "./scene.js";

/** A stack whose undisturbed runs are known. */
export interface Rehearsed {
  readonly points: readonly CrashPoint[];
  /** Kills one run and tells what the next one left otherwise than an undisturbed one; empty when nothing. */
  crash(point: CrashPoint): Promise<Outcome>;
}

export interface Outcome {
  /** False when the run was over before the call came. */
  readonly struck: boolean;
  readonly problems: readonly string[];
  readonly recovered: readonly string[];
}

/** @param folder of its own. @param tls certificates that this process trusts */
export async function rehearse(folder: string, tls: string, stackName: string): Promise<Rehearsed> {
  const scene = new Scene(join(folder, "scene"), stackName);
  const bases = { up: join(folder, "empty"), destroy: join(folder, "deployed") };
  mkdirSync(join(scene.folder, "cloud"), { recursive: true });
  cpSync(tls, join(scene.folder, "cloud", "tls"), { recursive: true });
  scene.writeStack({});
  const address = await scene.startCloudAlone();
  const life = LIVES[stackName];
  const first = await life?.first?.(address);
  if (first !== undefined) {
    scene.writeStack(first);
    const { problem } = await scene.run("up");
    if (problem !== undefined) throw new Error(`first up of ${stackName}: ${problem}`);
  }
  const plain = crashStacks(stackName === "scale-set" ? await certificateVault(address) : "");
  const config = (await life?.before(address)) ?? plain[stackName];
  if (config === undefined) throw new Error(`there is no stack ${stackName}`);
  scene.writeStack(config);
  await scene.close();
  scene.keep(bases.up);

  const points: CrashPoint[] = [];
  const expected = new Map<string, Contents>();
  for (const operation of ["up", "destroy"] as const) {
    const { problem } = await scene.run(operation);
    if (problem !== undefined) throw new Error(`${operation} of ${stackName}: ${problem}`);
    points.push(...crashPoints(stackName, operation, changingCalls(await scene.changes())));
    expected.set(operation, await scene.contents());
    if (operation === "up") scene.keep(bases.destroy);
  }
  return {
    points,
    crash: async (point) => {
      const { operation, victim } = point;
      scene.restore(bases[operation]);
      try {
        const struck = await scene.crash(operation, ruleFor(point), victim);
        const { recovered, problem } = await scene.run(operation);
        if (problem !== undefined) return { struck, recovered, problems: [problem] };
        const left = await scene.contents();
        const wanted = expected.get(operation) ?? { cloud: [], state: [] };
        return {
          struck,
          recovered,
          problems: [
            ...differences("cloud", wanted.cloud, left.cloud),
            ...differences("state", wanted.state, left.state),
          ],
        };
      } finally {
        await scene.close();
      }
    },
  };
}

/** ARM id of a vault with the certificate. */
async function certificateVault(address: LocalCloudAddress): Promise<string> {
  const vault = await existingVault(address, CERTIFICATE.vault);
  await vault.importCertificate(CERTIFICATE.name, { names: [DOMAIN] });
  return vault.id;
}

function differences(where: string, wanted: readonly string[], left: readonly string[]): string[] {
  const without = (from: readonly string[], others: readonly string[]) => {
    const rest = [...others];
    return from.filter((one) => {
      const at = rest.indexOf(one);
      if (at !== -1) rest.splice(at, 1);
      return at === -1;
    });
  };
  const [besides, lacks] = [without(left, wanted), without(wanted, left)];
  return [
    ...besides.map((one) => `${where} has besides: ${atDifference(one, lacks)}`),
    ...lacks.map((one) => `${where} lacks: ${atDifference(one, besides)}`),
  ];
}

const SHOWN_BEFORE = 80;
const SHOWN_AFTER = 120;

/** The part of a long record that differs from the one that is most like it. */
function atDifference(record: string, others: readonly string[]): string {
  const common = (other: string) => {
    let at = 0;
    while (at < record.length && record[at] === other[at]) at++;
    return at;
  };
  const at = Math.max(0, ...others.map(common));
  const start = Math.max(0, at - SHOWN_BEFORE);
  const name = record.match(/"urn":"[^"]*::([^"]*)"/)?.[1] ?? record.slice(0, SHOWN_BEFORE);
  return `${name}: ...${record.slice(start, at + SHOWN_AFTER)}`;
}
