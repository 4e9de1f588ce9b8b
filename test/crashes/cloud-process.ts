// The local cloud, or its provider plugins alone, in a process that can be killed. The one argument says which, as JSON.
import { startLocalCloud } from "../../local-cloud/index.js";
import { startPlugins } from "../../local-cloud/plugins/index.js";

const { folder, plugins } = JSON.parse(process.argv[2] ?? "{}");
process.on("disconnect", () => process.exit());
if (plugins === undefined) {
  const cloud = await startLocalCloud({ folder });
  process.on("message", async () => {
    await cloud.close();
    process.exit();
  });
  process.send?.({ origins: cloud.origins });
} else {
  process.send?.(await startPlugins(plugins));
}
