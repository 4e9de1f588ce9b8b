// A resource that a preview says would be created, as the state would have it.
import { z } from "zod";
import { resourcesIn, type StackState, type StateResource } from "./stack-state.js";

const Planned = z.looseObject({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean(),
  parent: z.string().optional(),
  provider: z.string().optional(),
  protect: z.boolean().optional(),
  retainOnDelete: z.boolean().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
});

/** What the engine writes for what is known only once something else is made, and for what it does not show. */
const NOT_TOLD = ["04da6b54-80e4-46f7-96ec-b56ff0331ba9", "[secret]", "output<string>"];

/**
 * The resource without an id; undefined for what the state cannot take, because what it hangs on is not there.
 * A preview does not tell what it depends on: on everything that is there already is true enough until the next update.
 */
export function plannedResource(planned: unknown, state: StackState): StateResource | undefined {
  const { data } = Planned.safeParse(planned);
  if (data === undefined || !data.custom) return undefined;
  const { urn, type, parent, provider = "", protect, retainOnDelete, inputs } = data;
  const all = resourcesIn(state);
  const twin = all.findIndex((one) => one.urn === urn);
  const before = twin === -1 ? all : all.slice(0, twin);
  const has = (name: string) => before.some((one) => one.urn === name);
  if ((parent && !has(parent)) || !has(provider.replace(/::[^:]*$/, ""))) return undefined;
  return {
    urn,
    type,
    custom: true,
    provider,
    ...(parent ? { parent } : {}),
    ...(protect === true ? { protect } : {}),
    ...(retainOnDelete === true ? { retainOnDelete } : {}),
    inputs: toldOf(inputs),
    dependencies: before.flatMap((one) =>
      one.custom === true && !one.type.startsWith("pulumi:") && one.delete !== true
        ? [one.urn]
        : [],
    ),
  };
}

function toldOf(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(inputs).filter(([, value]) => isTold(value));
  return Object.fromEntries(entries);
}

function isTold(value: unknown): boolean {
  if (typeof value === "string") return !NOT_TOLD.some((mark) => value.includes(mark));
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every(isTold);
}
