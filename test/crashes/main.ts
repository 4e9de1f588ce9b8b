// `npm run crashes`: kills engine, program, provider plugins and local cloud at every call of every stack's up and destroy that
// changes something, and tells what the next run left otherwise than an undisturbed one. This process sets the scene for
// crashes-process.ts, which has to trust the certificates when it starts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Command } from "commander";
import { locateEngine } from "../../engine/index.js";
import { serverCertificate } from "../../local-cloud/tls/certificates.js";
import { writeJoinedCa } from "../../local-cloud/tls/joined-ca.js";
import { nodeArguments } from "../../scripts/node-arguments.js";
import { runCommand } from "../../scripts/run-command.js";

const cli = new Command("npm run crashes --")
  .description("Kills every run at every call, and tells what the next run left otherwise.")
  .option("--stack <name>", "only this stack")
  .option("--operation <name>", "only up, or only destroy")
  .option("--victim <name>", "only engine, program, plugin or cloud")
  .option("--only <text>", "only moments whose name contains this text")
  .parse();

const folder = mkdtempSync(join(tmpdir(), "crashes-"));
try {
  const engine = await locateEngine();
  const tls = join(folder, "tls");
  const { ca } = await serverCertificate(tls, new Date());
  const existing = process.env["NODE_EXTRA_CA_CERTS"];
  const argument = JSON.stringify({ folder, tls, ...cli.opts() });
  const file = new URL("crashes-process.ts", import.meta.url);
  process.exitCode = await runCommand(process.execPath, nodeArguments(file, [argument]), {
    environment: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: writeJoinedCa(join(folder, "ca.pem"), ca, existing),
      PATH: `${engine.binDir}${delimiter}${process.env["PATH"] ?? ""}`,
    },
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
