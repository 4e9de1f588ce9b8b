// Resources that hang on any other resource, on a resource group or on a subscription, and go with it. Call the writing
// methods inside a transaction.
import type { Store } from "../../state/store.js";
import type { JsonObject } from "./body-fields.js";

export interface ExtensionRecord {
  readonly id: string;
  /** Id of what it hangs on, as that spells it: `/subscriptions/…`. */
  readonly scope: string;
  /** Such as `Microsoft.Authorization/roleAssignments`. */
  readonly type: string;
  readonly name: string;
  readonly properties: JsonObject;
  readonly createdTime: string;
  readonly changedTime: string;
}

export class Extensions {
  constructor(private readonly store: Store) {}

  get(scope: string, type: string, name: string): ExtensionRecord | undefined {
    return this.store.get("armExtensions", keyOf({ scope, type, name }));
  }

  /** Those of one type that hang on exactly this. */
  at(scope: string, type: string): ExtensionRecord[] {
    return this.startingWith(`${scope.toLowerCase()}|${type.toLowerCase()}|`);
  }

  /** Those of one type that hang on something in it. */
  below(scope: string, type: string): ExtensionRecord[] {
    const wanted = type.toLowerCase();
    return this.startingWith(`${scope.toLowerCase()}/`).filter(
      (record) => record.type.toLowerCase() === wanted,
    );
  }

  /** Those of one type that hang on something it is in, the nearest first. */
  above(scope: string, type: string): ExtensionRecord[] {
    return containersOf(scope).flatMap((container) => this.at(container, type));
  }

  /** One of this type and name, wherever it hangs. */
  named(type: string, name: string): ExtensionRecord | undefined {
    const [found] = this.store.entries<string>("armExtensionNames", namePrefix({ type, name }));
    return found === undefined ? undefined : this.store.get("armExtensions", found.value);
  }

  put(record: ExtensionRecord): void {
    const key = keyOf(record);
    this.store.put("armExtensions", key, record);
    this.store.put("armExtensionNames", `${namePrefix(record)}${record.scope.toLowerCase()}`, key);
  }

  remove(record: ExtensionRecord): void {
    this.store.remove("armExtensions", keyOf(record));
    this.store.remove("armExtensionNames", `${namePrefix(record)}${record.scope.toLowerCase()}`);
  }

  /** Everything that hangs on a resource or a group, or on something in it. */
  removeWith(scope: string): void {
    const [itself, inside] = [`${scope.toLowerCase()}|`, `${scope.toLowerCase()}/`];
    for (const record of [...this.startingWith(itself), ...this.startingWith(inside)]) {
      this.remove(record);
    }
  }

  private startingWith(prefix: string): ExtensionRecord[] {
    return this.store.entries<ExtensionRecord>("armExtensions", prefix).map(({ value }) => value);
  }
}

type Place = Pick<ExtensionRecord, "scope" | "type" | "name">;

function keyOf({ scope, type, name }: Place): string {
  return `${scope}|${type}|${name}`.toLowerCase();
}

function namePrefix({ type, name }: Omit<Place, "scope">): string {
  return `${type}|${name}|`.toLowerCase();
}

/** `/a/b/c` -> `/a/b`, `/a`. Not all of them are ids of something. */
function containersOf(scope: string): string[] {
  const parts = scope.split("/").slice(1);
  return parts.slice(1).map((_, index) => `/${parts.slice(0, -1 - index).join("/")}`);
}
