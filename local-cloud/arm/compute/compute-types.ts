// The resource types of Microsoft.Compute that a scale set of media bots needs.
import type { ResourceType } from "../mechanics/resource-type.js";
import { computeCatalogue } from "./compute-catalogue.js";
import { imageTypes } from "./image-types.js";
import { scaleSet } from "./scale-set.js";
import { scaleSetMachine } from "./scale-set-machine.js";

export const computeTypes: readonly ResourceType[] = [
  { ...scaleSet, routes: computeCatalogue },
  scaleSetMachine,
  ...imageTypes,
];
