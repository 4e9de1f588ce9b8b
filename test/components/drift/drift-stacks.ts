// All that is changed behind the engine's back, a section of docs/drift.md each.
import type { DriftStack } from "./drift.js";
import { HOSTS } from "./host-drift.js";
import { REGISTRATION } from "./registration-drift.js";

export const DRIFT_STACKS: readonly DriftStack[] = [REGISTRATION, ...HOSTS];
