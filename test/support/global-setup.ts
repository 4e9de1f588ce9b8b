// What all tests share: the engine, found or built once, and one certificate authority. Node reads NODE_EXTRA_CA_CERTS only
// when a process starts, so it has to be there before the workers are; each test's local cloud is signed by it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { locateEngine, progressOn } from "../../engine/index.js";
import { serverCertificate } from "../../local-cloud/tls/certificates.js";
import { writeJoinedCa } from "../../local-cloud/tls/joined-ca.js";

export default async function setUp(): Promise<() => void> {
  const progress = progressOn(process.stderr);
  const engine = await locateEngine({ progress }).finally(() => progress.stop());
  const folder = mkdtempSync(join(tmpdir(), "teams-calling-bot-tests-"));
  const { ca } = await serverCertificate(join(folder, "tls"), new Date());
  const existing = process.env["NODE_EXTRA_CA_CERTS"];
  process.env["NODE_EXTRA_CA_CERTS"] = writeJoinedCa(join(folder, "ca.pem"), ca, existing);
  process.env["TEST_TLS_FOLDER"] = join(folder, "tls");
  process.env["PATH"] = `${engine.binDir}${delimiter}${process.env["PATH"] ?? ""}`;
  return () => rmSync(folder, { recursive: true, force: true });
}
