// How a type of extension resources is described; see resource-type.ts for the others.
import type { AccessTokenClaims } from "../../entra/access-tokens.js";
import type { ArmCall, ArmCloud } from "./arm-call.js";
import type { BodyFields, JsonObject } from "./body-fields.js";
import type { ExtensionRecord } from "./extension-store.js";

/** What a PUT asks for. */
export interface ExtensionWrite {
  readonly cloud: ArmCloud;
  readonly caller: AccessTokenClaims;
  readonly apiVersion: string;
  /** Id of what it hangs on, which exists. */
  readonly scope: string;
  readonly name: string;
  /** `properties` of the body. */
  readonly fields: BodyFields;
  readonly existing?: ExtensionRecord;
}

export interface ExtensionType {
  readonly namespace: string;
  /** Such as `roleAssignments`. */
  readonly type: string;
  readonly apiVersions: readonly string[];
  /** Checks and completes the properties. Throws ArmError to refuse. */
  readonly write: (request: ExtensionWrite) => JsonObject;
  /** Status of the answer to a PUT that made one. */
  readonly created: 200 | 201;
  /** Whether a DELETE answers with what it deleted. @default false */
  readonly deleteShows?: boolean;
  /** The refusal where there is none. */
  readonly missing: (scope: string, name: string) => Error;
  /** What the list of a scope holds. */
  readonly list: (call: ArmCall, scope: string) => readonly ExtensionRecord[];
}
