// One resource type of azuread: its fields, and the calls to Graph that make, read, change and delete it.
import type { Properties } from "../wire/property-values.js";
import type { Fields } from "./field.js";
import type { GraphClient } from "./graph-client.js";
import type { KeyedLock } from "./keyed-lock.js";

/** What a call has to work with. */
export interface DirectoryCall {
  readonly graph: GraphClient;
  /** Held while one application is read and written back; shared by all provider instances of the process. */
  readonly locks: KeyedLock;
  /** Object id of whoever deploys. */
  readonly callerId: string;
  /** Wait between two looks at something that is not there yet, or still. */
  readonly pollMs: number;
  readonly signal: AbortSignal;
}

export interface Made {
  readonly id: string;
  /** What only this call can tell, such as the value of a secret. @default nothing */
  readonly state?: Properties;
}

export interface DirectoryResource {
  /** `azuread:index/application:Application` */
  readonly token: string;
  readonly fields: Fields;
  /** What only the service sets. */
  readonly outputs: readonly string[];
  /** Rules over several fields; sentences. @default none */
  readonly check?: (inputs: Properties) => readonly string[];
  /** Outputs that a change of these inputs makes unknown until it is done. @default none */
  readonly recomputed?: (before: Properties, after: Properties) => readonly string[];
  /** Makes it and returns as soon as it exists. */
  create(inputs: Properties, call: DirectoryCall): Promise<Made>;
  /** What follows once it exists, and what only that can tell; a failure keeps the resource in the state. @default nothing */
  finish?(id: string, inputs: Properties, call: DirectoryCall): Promise<Properties>;
  /** Everything that the state holds, or undefined when it is gone. `known` is the state so far, or the inputs. */
  read(id: string, known: Properties, call: DirectoryCall): Promise<Properties | undefined>;
  /** Returns what only this call can tell. @default every change replaces */
  update?(
    id: string,
    change: { readonly news: Properties; readonly state: Properties },
    call: DirectoryCall,
  ): Promise<Properties>;
  delete(id: string, state: Properties, call: DirectoryCall): Promise<void>;
}
