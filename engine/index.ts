// The face of the engine folder.

export {
  type EngineProgress,
  progressOn,
  type StreamProgress,
  silentProgress,
} from "./engine-progress.js";
export {
  type Engine,
  EngineNotFoundError,
  type FindEngineOptions,
  findEngine,
  locateEngine,
} from "./find-engine.js";
export { type EngineLocation, locateInstalledEngine } from "./installed-engine.js";
export { testedEngineVersion } from "./version.js";
