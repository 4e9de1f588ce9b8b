// One row of the table of resource types: all that the plugin knows about a type.
import type { Properties } from "../wire/property-values.js";
import { anything, type PropertyShapes, text } from "./property-shape.js";

export interface ResourceRow {
  /** `azure-native:botservice:Bot` */
  readonly token: string;
  /**
   * Of the resource; its parameters are the SDK's names. `subscriptionId` is the provider's. `{+scope}` is an id of another
   * resource, slashes and all.
   */
  readonly path: string;
  readonly apiVersion: string;
  /**
   * How the last parameter of the path is named when the program does not: logical name and 8 hex digits, the logical
   * name, or a UUID.
   */
  readonly autoName: "random" | "copy" | "uuid";
  /** What the program may set, besides the parameters of the path. */
  readonly body: PropertyShapes;
  /** Of those, what must be there. */
  readonly required?: readonly string[];
  /** What the service answers; names of `body` that it answers as well need no repetition. `id` is everywhere. */
  readonly outputs: PropertyShapes;
  /** What cannot be changed in place, besides the parameters of the path. */
  readonly replaces: readonly string[];
  /** PUT may be answered before the resource is ready; 202 is followed in any case. @default false */
  readonly longRunningPut?: true;
  /** What GET leaves out and a second GET below the resource has: its `properties` are this property of the resource. */
  readonly partRead?: { readonly path: string; readonly property: string };
  /** Read by a POST below the resource, where there is no GET. */
  readonly readWith?: { readonly post: string };
  /** It comes with what it belongs to: a create takes it over, and a delete puts it back to this body. */
  readonly singleton?: Properties;
  /** Asked of DELETE besides the API version. */
  readonly deleteQuery?: Readonly<Record<string, string>>;
  /**
   * Lists below `properties` whose entries are resources as well: left out of an update they stay as they are, left out
   * of a create they are sent empty. @default none
   */
  readonly subResources?: readonly string[];
}

/** What every tracked resource answers. */
export const TRACKED_OUTPUTS: PropertyShapes = {
  name: text,
  type: text,
  systemData: anything,
};

/** The parameters of a path, in order, without the subscription. */
export function pathParameters(row: ResourceRow): string[] {
  const names = [...row.path.matchAll(/\{\+?(\w+)\}/g)].map(([, name = ""]) => name);
  return names.filter((name) => name !== "subscriptionId");
}

/** The name that the program may leave out: the last parameter of the path. */
export function namedByProvider(row: ResourceRow): string {
  return pathParameters(row).at(-1) ?? "";
}

/** All that the service answers, by SDK name. */
export function outputShapes(row: ResourceRow): PropertyShapes {
  return { ...row.body, ...row.outputs };
}
