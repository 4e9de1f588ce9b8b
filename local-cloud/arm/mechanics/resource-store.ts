// Resources as they are kept: found by key, listed by group, by type and by parent, and holding the names that
// nobody else may take. Call the writing methods inside a transaction.
import type { Store } from "../../state/store.js";
import type { JsonObject } from "./body-fields.js";
import type { KeptReference } from "./references.js";
import { parseResourceId, type ResourceId } from "./resource-id.js";
import type { Tags } from "./tags.js";

export interface ResourceRecord extends ResourceId {
  /** As created, which is how every answer spells it. */
  readonly id: string;
  readonly location?: string;
  readonly tags?: Tags;
  readonly kind?: string;
  readonly sku?: JsonObject;
  readonly identity?: JsonObject;
  readonly zones?: readonly string[];
  /** Fields of answers that few types have, such as `instanceId`. */
  readonly extra?: JsonObject;
  readonly etag?: string;
  readonly properties: JsonObject;
  /** What no GET shows, such as keys. */
  readonly hidden?: JsonObject;
  /** Names taken for as long as this resource exists, such as `bot-name/contoso`. */
  readonly claims: readonly string[];
  /** What it uses. @default nothing */
  readonly references?: readonly KeptReference[];
  readonly createdTime: string;
  readonly changedTime: string;
}

export class ResourceStore {
  constructor(private readonly store: Store) {}

  get(id: ResourceId): ResourceRecord | undefined {
    return this.store.get("armResources", keyOf(id));
  }

  byId(id: string): ResourceRecord | undefined {
    const parsed = parseResourceId(id);
    return parsed === undefined ? undefined : this.get(parsed);
  }

  put(record: ResourceRecord): void {
    const key = keyOf(record);
    for (const claim of this.get(record)?.claims ?? []) this.store.remove("armClaims", claim);
    for (const claim of record.claims) this.store.put("armClaims", claim, key);
    this.forgetReferences(this.get(record));
    for (const { to, from } of record.references ?? []) {
      this.store.put("armReferences", referenceKey(to, from), from);
    }
    this.store.put("armResources", key, record);
    this.store.put("armResourcesByType", typeKeyOf(record), key);
  }

  remove(record: ResourceRecord): void {
    for (const claim of record.claims) this.store.remove("armClaims", claim);
    this.forgetReferences(record);
    this.store.remove("armResources", keyOf(record));
    this.store.remove("armResourcesByType", typeKeyOf(record));
  }

  /** The resource that has taken a name, in whichever subscription. */
  holderOf(claim: string): ResourceRecord | undefined {
    const key = this.store.get<string>("armClaims", claim);
    return key === undefined ? undefined : this.store.get("armResources", key);
  }

  /** Ids of the resources, or of their parts, that use this id or something in it. */
  usersOf(id: string): string[] {
    const [itself, inside] = [`${id.toLowerCase()}|`, `${id.toLowerCase()}/`];
    return [itself, inside].flatMap((prefix) =>
      this.store.entries<string>("armReferences", prefix).map(({ value }) => value),
    );
  }

  inGroup(subscriptionId: string, resourceGroup: string, type?: string): ResourceRecord[] {
    const group = groupKey(subscriptionId, resourceGroup);
    return this.startingWith(type === undefined ? `${group}|` : `${group}|${type.toLowerCase()}|`);
  }

  inSubscription(subscriptionId: string, type?: string): ResourceRecord[] {
    const subscription = subscriptionId.toLowerCase();
    if (type === undefined) return this.startingWith(`${subscription}/`);
    return this.store
      .entries<string>("armResourcesByType", `${subscription}|${type.toLowerCase()}|`)
      .flatMap(({ value }) => this.store.get<ResourceRecord>("armResources", value) ?? []);
  }

  /** Direct children of one nested type. */
  children(parent: ResourceId, type: string): ResourceRecord[] {
    const group = groupKey(parent.subscriptionId, parent.resourceGroup);
    return this.startingWith(`${group}|${type.toLowerCase()}|${namesKey(parent.names)}/`);
  }

  private forgetReferences(record: ResourceRecord | undefined): void {
    for (const { to, from } of record?.references ?? []) {
      this.store.remove("armReferences", referenceKey(to, from));
    }
  }

  private startingWith(prefix: string): ResourceRecord[] {
    return this.store.entries<ResourceRecord>("armResources", prefix).map(({ value }) => value);
  }
}

function referenceKey(to: string, from: string): string {
  return `${to}|${from.toLowerCase()}`;
}

function groupKey(subscriptionId: string, resourceGroup: string): string {
  return `${subscriptionId.toLowerCase()}/${resourceGroup.toLowerCase()}`;
}

function namesKey(names: readonly string[]): string {
  return names.join("/").toLowerCase();
}

function keyOf(id: ResourceId): string {
  const group = groupKey(id.subscriptionId, id.resourceGroup);
  return `${group}|${id.type.toLowerCase()}|${namesKey(id.names)}`;
}

function typeKeyOf(id: ResourceId): string {
  const place = `${id.resourceGroup.toLowerCase()}|${namesKey(id.names)}`;
  return `${id.subscriptionId.toLowerCase()}|${id.type.toLowerCase()}|${place}`;
}
