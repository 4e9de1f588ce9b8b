export { attachToRunning, type LocalCloudAddress } from "./address.js";
export { type LocalCloud, type LocalCloudOptions, startLocalCloud } from "./cloud.js";
export type { LoggedRequest } from "./http/request-log.js";
export { LocalCloudError } from "./local-cloud-error.js";
export { FolderTakenError, resetStateFolder } from "./state/folder-owner.js";
export { makeFolder } from "./state/make-folder.js";
export { ANY_PORTS, freePorts, type Ports, portsFrom } from "./state/ports.js";
export {
  DEPLOYER,
  DEPLOYER_WITHOUT_DIRECTORY_RIGHTS,
  GRAPH_APP_ID,
  SECOND_TENANT_ID,
  TENANT_ID,
} from "./well-known.js";
