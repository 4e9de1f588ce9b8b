// How a resource type is described. Everything that Resource Manager does for every type (ids, api-versions,
// rights, groups, parents, locations, tags, conditional requests, lists, operations) is done from this description;
// a type's own file says only what that type demands.
import type { AccessTokenClaims } from "../../entra/access-tokens.js";
import type { ArmAnswer, ArmCall, ArmCloud, ArmRoute } from "./arm-call.js";
import type { ArmError, ArmErrorDetail } from "./arm-error.js";
import type { JsonObject } from "./body-fields.js";
import type { Reference } from "./references.js";
import type { ResourceId } from "./resource-id.js";
import type { ResourceRecord } from "./resource-store.js";

interface NameRule {
  readonly pattern: RegExp;
  readonly minLength: number;
  readonly maxLength: number;
  /** The rule in words, for the refusal. */
  readonly says: string;
}

/** What a PUT or PATCH asks for. */
export interface WriteRequest {
  readonly cloud: ArmCloud;
  readonly caller: AccessTokenClaims;
  readonly apiVersion: string;
  readonly method: "PUT" | "PATCH";
  readonly id: ResourceId;
  /** The same in one text, as answers will spell it. */
  readonly resourceId: string;
  /** The body; for PATCH already merged over what is there. */
  readonly body: JsonObject;
  readonly existing?: ResourceRecord;
  readonly parent?: ResourceRecord;
  /** Normalised, for a type with locations. */
  readonly location?: string;
}

/** What a type makes of a request. The rest of the record is filled in for it. */
export interface Written {
  readonly properties: JsonObject;
  readonly location?: string;
  readonly kind?: string;
  readonly sku?: JsonObject;
  readonly identity?: JsonObject;
  readonly zones?: readonly string[];
  /** Fields of answers that few types have, such as `instanceId`. @default none */
  readonly extra?: JsonObject;
  readonly etag?: string;
  readonly hidden?: JsonObject;
  /** What it names by id: must be there, and is in use from now on. @default none */
  readonly references?: readonly Reference[];
  /** Names nobody else may have; the type checks `cloud.resources.holderOf` itself. @default none */
  readonly claims?: readonly string[];
}

export interface ResourceAction {
  /** Last part of the path, such as `listChannelWithKeys`. */
  readonly name: string;
  readonly handle: (call: ArmCall, record: ResourceRecord) => ArmAnswer;
}

export interface ResourceType {
  readonly namespace: string;
  /** Such as `botServices` or `botServices/channels`; a nested type's parent must be described as well. */
  readonly type: string;
  readonly apiVersions: readonly string[];
  /** Normalised region names of a tracked resource. @default none: no location rule (nested and proxy resources) */
  readonly locations?: readonly string[];
  readonly nameRule: NameRule;
  /** What exists beside GET and list. @default PUT, PATCH, DELETE */
  readonly methods?: readonly ("PUT" | "PATCH" | "DELETE")[];
  /** What answers 201 or 202 and goes on. @default none */
  readonly longRunning?: readonly ("PUT" | "PATCH" | "DELETE")[];
  /** Status of a PUT that made one. @default 201 */
  readonly created?: 200 | 201 | 202;
  /** Checks and completes a request. Throws ArmError to refuse. */
  readonly write: (request: WriteRequest) => Written;
  /** How a PATCH is laid over what is there. @default top level, and one level deep in `properties` */
  readonly merge?: (existing: ResourceRecord, patch: JsonObject) => JsonObject;
  /** What answers show in `properties` beside what is kept, such as who uses it. @default nothing */
  readonly shows?: (record: ResourceRecord, cloud: ArmCloud) => JsonObject;
  /** The `name` of an answer. @default the last name */
  readonly displayName?: (names: readonly string[]) => string;
  /** The spelling under which a name is kept. @default as given */
  readonly spelling?: (name: string) => string;
  /** What it has that others refer to and that is no resource here, such as `probes/health`. @default none */
  readonly parts?: (record: ResourceRecord) => readonly string[];
  /**
   * The refusal to delete it on its own while others (ids of resources or of their parts) use it; a resource group goes
   * with all that is in it. @default it goes all the same
   */
  readonly inUse?: (record: ResourceRecord, users: readonly string[], cloud: ArmCloud) => ArmError;
  /**
   * When a long-running PUT or PATCH is over: what went wrong after it had been taken. The resource is then there as Failed, and
   * the operation has this error. @default nothing does
   */
  readonly finished?: (record: ResourceRecord, cloud: ArmCloud) => ArmErrorDetail | undefined;
  /** After it was stored, for what comes with it. */
  readonly stored?: (record: ResourceRecord, request: WriteRequest) => void;
  /** Before it goes, for what goes with it; throws ArmError to refuse. Nested resources go by themselves. */
  readonly removing?: (record: ResourceRecord, cloud: ArmCloud) => void;
  /** After it went. */
  readonly removed?: (record: ResourceRecord, cloud: ArmCloud) => void;
  readonly actions?: readonly ResourceAction[];
  /** Routes of the namespace that belong to no resource. */
  readonly routes?: readonly ArmRoute[];
}

/** `Microsoft.BotService/botServices/channels` */
export function fullType(type: ResourceType): string {
  return `${type.namespace}/${type.type}`;
}
