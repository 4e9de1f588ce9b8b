export { type StartedPlugins, startPlugins } from "./start-plugins.js";
