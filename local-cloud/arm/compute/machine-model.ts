// Which model of its scale set a machine was made from or last upgraded to.
import { createHash } from "node:crypto";
import type { ResourceRecord } from "../mechanics/resource-store.js";

/** What tells whether a machine is of the present model. */
export function modelStamp({ sku, properties, hidden }: ResourceRecord): string {
  const { timeCreated: _, ...profile } = Object(properties["virtualMachineProfile"]);
  const model = JSON.stringify([
    sku?.["name"],
    profile,
    hidden?.["userData"],
    hidden?.["protectedSettings"],
  ]);
  return createHash("sha256").update(model).digest("hex");
}
