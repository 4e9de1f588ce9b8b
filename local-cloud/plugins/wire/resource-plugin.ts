// What a provider plugin does, without the gRPC around it: one object for each provider instance of a running engine.
import type { DetailedDiff } from "./detailed-diff.js";
import type { Properties } from "./property-values.js";

/** Where a resource stands in the program. */
export interface ResourceIdentity {
  readonly urn: string;
  /** Type token, such as `azure-native:botservice:Bot`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
}

/** The engine's `autonaming` option for one resource. */
export interface Autonaming {
  readonly mode: "propose" | "enforce" | "disable";
  readonly proposedName: string;
}

export interface CheckRequest extends ResourceIdentity {
  readonly olds: Properties;
  readonly news: Properties;
  readonly randomSeed: Uint8Array;
  readonly autonaming: Autonaming | undefined;
  readonly signal: AbortSignal;
}

export interface CheckFailure {
  /** @default "" (the reason names it) */
  readonly property?: string;
  readonly reason: string;
}

export interface CheckAnswer {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

export interface DiffRequest extends ResourceIdentity {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
  readonly news: Properties;
}

export interface DiffAnswer {
  readonly detailed: DetailedDiff;
  readonly deleteBeforeReplace: boolean;
}

/** A request that changes or reads something; `signal` covers the operation's timeout as well. */
interface OperationRequest extends ResourceIdentity {
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

export interface CreateRequest extends OperationRequest {
  readonly inputs: Properties;
  readonly preview: boolean;
}

export interface Created {
  /** Empty in a preview. */
  readonly id: string;
  readonly outputs: Properties;
}

export interface ReadRequest extends OperationRequest {
  readonly id: string;
  /** Undefined when the resource is imported. */
  readonly oldInputs: Properties | undefined;
  readonly oldOutputs: Properties;
}

export interface ReadAnswer {
  readonly id: string;
  readonly outputs: Properties;
  readonly inputs: Properties;
}

export interface UpdateRequest extends OperationRequest {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
  readonly news: Properties;
  readonly preview: boolean;
}

export interface DeleteRequest extends OperationRequest {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
}

export interface InvokeRequest {
  readonly token: string;
  readonly args: Properties;
  readonly signal: AbortSignal;
}

/** One provider instance. Every method may throw; the message reaches the person who deploys. */
export interface ResourcePlugin {
  /** `variables` as the engine names them: `azure-native:config:clientId`. */
  configure(variables: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void>;
  invoke(request: InvokeRequest): Promise<Properties>;
  check(request: CheckRequest): Promise<CheckAnswer>;
  diff(request: DiffRequest): DiffAnswer;
  create(request: CreateRequest): Promise<Created>;
  /** Undefined when the resource is gone. */
  read(request: ReadRequest): Promise<ReadAnswer | undefined>;
  /** The new outputs. */
  update(request: UpdateRequest): Promise<Properties>;
  delete(request: DeleteRequest): Promise<void>;
  /** The engine has gone: what is kept open may be closed. */
  close(): void;
}

/** The resource exists, but is not what was asked for: the engine keeps it in its state and tells why. */
export class InitFailed extends Error {
  constructor(
    readonly reason: string,
    readonly created: Created,
    readonly inputs: Properties,
  ) {
    super(reason);
  }
}
