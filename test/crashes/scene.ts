// A local cloud, its provider plugins, a program and the engine, each of which can be killed while it works.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { stringify } from "yaml";
import { addressOf } from "../../local-cloud/address.js";
import type { FaultRule } from "../../local-cloud/http/faults.js";
import type { LocalCloudAddress, LoggedRequest } from "../../local-cloud/index.js";
import { ANY_PORTS, type Ports, startLocalCloud } from "../../local-cloud/index.js";
import { startPlugins } from "../../local-cloud/plugins/index.js";
import { SUBSCRIPTION_ID } from "../../local-cloud/well-known.js";
import { projectRoot } from "../../scripts/project-paths.js";
import { cloudContents, stateContents } from "./contents.js";
import type { StackConfig } from "./crash-stacks.js";
import { type Program, type ProgramAnswer, startProcess, startProgram } from "./program.js";

export const VICTIMS = ["engine", "program", "plugin", "cloud"] as const;
export type Victim = (typeof VICTIMS)[number];

/** A POST that changes nothing. */
const QUESTION = /\/(checkNameAvailability|list\w*)(\?|$)/i;

/** Everything that a run leaves behind, to be compared with another's. */
export interface Contents {
  readonly cloud: readonly string[];
  readonly state: readonly string[];
}

interface Part {
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** One folder with all that is remembered; what runs on it is started when it is needed. */
export class Scene {
  private cloud: Part | undefined;
  private plugins: Part | undefined;
  private program: Program | undefined;
  private debugProviders = "";

  constructor(
    readonly folder: string,
    readonly stackName: string,
  ) {}

  /** Where the engine finds the project. */
  private get workDir(): string {
    return join(this.folder, "project");
  }

  private get stateFolder(): string {
    return join(this.folder, "state");
  }

  /** Puts everything back to what is in another folder. */
  restore(from: string): void {
    rmSync(this.folder, { recursive: true, force: true });
    cpSync(from, this.folder, { recursive: true });
  }

  keep(to: string): void {
    rmSync(to, { recursive: true, force: true });
    cpSync(this.folder, to, { recursive: true });
  }

  writeStack(config: StackConfig): void {
    mkdirSync(join(this.workDir, "stacks"), { recursive: true });
    mkdirSync(this.stateFolder, { recursive: true });
    const project = readFileSync(join(projectRoot, "Pulumi.yaml"), "utf8");
    writeFileSync(join(this.workDir, "Pulumi.yaml"), project.replace(/^main:.*\n?/m, ""));
    const file = join(this.workDir, "stacks", `Pulumi.${this.stackName}.yaml`);
    writeFileSync(file, stringify({ config }));
  }

  /** For what has to be there before the first run. */
  async startCloudAlone(): Promise<LocalCloudAddress> {
    await this.startCloud(false, ANY_PORTS);
    return addressOf(this.folder, this.origins, undefined);
  }

  /** Starts what is not there; a victim gets a process of its own. */
  async start(victim?: Victim): Promise<LocalCloudAddress> {
    await this.startCloud(victim === "cloud");
    const address = addressOf(this.folder, this.origins, undefined);
    this.plugins ??= await this.startPlugins(address, victim === "plugin");
    this.program ??= await startProgram(this.environment(address), this.workDir);
    return address;
  }

  private origins: LocalCloudAddress["origins"] = {
    login: "",
    arm: "",
    graph: "",
    storage: "",
    vault: "",
  };

  /** @param ports of the first start; later ones are remembered. */
  private async startCloud(apart: boolean, ports?: Ports): Promise<void> {
    if (this.cloud !== undefined) return;
    if (!apart) {
      const cloud = await startLocalCloud({
        folder: this.folder,
        ...(ports === undefined ? {} : { ports }),
      });
      this.origins = cloud.origins;
      this.cloud = { kill: () => cloud.close(), close: () => cloud.close() };
      return;
    }
    const argument = JSON.stringify({ folder: this.folder });
    const { child, ready } = await startProcess("cloud-process", [argument], {
      env: process.env,
      cwd: this.folder,
    });
    this.origins = (ready as { origins: LocalCloudAddress["origins"] }).origins;
    this.cloud = {
      kill: () => ended(child, () => child.kill("SIGKILL")),
      close: () => ended(child, () => child.send("close")),
    };
  }

  private async startPlugins(address: LocalCloudAddress, apart: boolean): Promise<Part> {
    const environment = address.environment();
    const options = {
      ...address.origins,
      ca: readFileSync(address.caPath, "utf8"),
      tenantId: environment["AZURE_TENANT_ID"] ?? "",
      subscriptionId: SUBSCRIPTION_ID,
      clientId: environment["AZURE_CLIENT_ID"] ?? "",
      clientSecret: environment["AZURE_CLIENT_SECRET"] ?? "",
    };
    if (!apart) {
      const plugins = await startPlugins(options);
      this.debugProviders = plugins.debugProviders;
      return { kill: plugins.close, close: plugins.close };
    }
    const argument = JSON.stringify({ plugins: options });
    const { child, ready } = await startProcess("cloud-process", [argument], {
      env: process.env,
      cwd: this.folder,
    });
    this.debugProviders = (ready as { debugProviders: string }).debugProviders;
    const kill = () => ended(child, () => child.kill("SIGKILL"));
    return { kill, close: kill };
  }

  private environment(address: LocalCloudAddress): NodeJS.ProcessEnv {
    return {
      ...process.env,
      ...address.environment(),
      NODE_EXTRA_CA_CERTS: address.joinedCaPath(process.env["NODE_EXTRA_CA_CERTS"]),
      PULUMI_DEBUG_PROVIDERS: this.debugProviders,
      PULUMI_BACKEND_URL: pathToFileURL(this.stateFolder).href,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
  }

  /** Runs one operation to its end. */
  async run(operation: "up" | "destroy"): Promise<ProgramAnswer> {
    await this.start();
    if (this.program === undefined) throw new Error("no program was started");
    return this.program.run({
      stackName: this.stackName,
      workDir: this.workDir,
      copies: join(this.folder, "copies"),
      operation,
    });
  }

  /** Runs one operation, and kills the victim as soon as the rule for a call has been struck; false when it never was. */
  async crash(operation: "up" | "destroy", rule: FaultRule, victim: Victim): Promise<boolean> {
    const address = await this.start(victim);
    await this.control(address, "POST", "/faults", rule);
    let over = false;
    const running = this.run(operation)
      .catch(() => undefined)
      .finally(() => {
        over = true;
      });
    while (!over && !(await this.isStruck(address))) await pause(20);
    const struck = !over;
    const engine = this.enginePid();
    if (struck) await this.kill(victim, engine);
    await running;
    // A program that is gone leaves its engine behind, which ends by itself.
    for (const end = Date.now() + 30_000; isAlive(engine) && Date.now() < end; ) await pause(50);
    this.program?.kill();
    this.program = undefined;
    if (victim !== "cloud" || !struck) await this.control(address, "DELETE", "/faults");
    return struck;
  }

  private async kill(victim: Victim, engine: number | undefined): Promise<void> {
    if (victim === "engine" && engine !== undefined) process.kill(engine, "SIGKILL");
    if (victim === "program") this.program?.kill();
    if (victim === "plugin") {
      await this.plugins?.kill();
      this.plugins = undefined;
    }
    if (victim === "cloud") {
      await this.cloud?.kill();
      this.cloud = undefined;
    }
  }

  /** The calls that change something, since the cloud was started. */
  async changes(): Promise<LoggedRequest[]> {
    const address = await this.start();
    const { requests } = (await this.control(address, "GET", "/requests")) as {
      requests: LoggedRequest[];
    };
    return requests.filter(
      ({ service, method, path }) =>
        service !== "login" && !["GET", "HEAD"].includes(method) && !QUESTION.test(path),
    );
  }

  private async isStruck(address: LocalCloudAddress): Promise<boolean> {
    const { faults } = (await this.control(address, "GET", "/faults")) as {
      faults: { used: number }[];
    };
    return faults.some(({ used }) => used > 0);
  }

  private async control(
    { origins, controlToken }: LocalCloudAddress,
    method: string,
    path: string,
    body?: object,
  ): Promise<unknown> {
    const answer = await fetch(`${origins.login}/_local${path}`, {
      method,
      headers: { Authorization: `Bearer ${controlToken}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }

  /** As the lock tells it. */
  private enginePid(): number | undefined {
    const locks = join(
      this.stateFolder,
      ".pulumi",
      "locks",
      "organization",
      "teams-calling-bot",
      this.stackName,
    );
    if (!existsSync(locks)) return undefined;
    const [file] = readdirSync(locks);
    return file === undefined ? undefined : JSON.parse(readFileSync(join(locks, file), "utf8")).pid;
  }

  /** Stops everything; the folder stays. */
  async close(): Promise<void> {
    this.program?.kill();
    await this.plugins?.close();
    await this.cloud?.close();
    this.program = this.plugins = this.cloud = undefined;
  }

  /** Stops everything, and reads what is left. */
  async contents(): Promise<Contents> {
    await this.close();
    return {
      cloud: await cloudContents(this.folder),
      state: stateContents(this.stateFolder, this.stackName),
    };
  }
}

async function ended(child: ChildProcess, end: () => unknown): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  end();
  await exit;
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
