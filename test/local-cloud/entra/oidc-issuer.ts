// An OIDC issuer on this machine, as a cluster or a pipeline service has one, whose server test processes trust.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

export type OidcIssuer = Awaited<ReturnType<typeof startIssuer>>;

export async function startIssuer() {
  const folder = process.env["TEST_TLS_FOLDER"] ?? "";
  const pair = await generateKeyPair("RS256");
  const stranger = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: "key-1", use: "sig", alg: "RS256" };
  /** What is answered, by path; a test may change it. */
  const pages: Record<string, unknown> = {};
  const server = createServer(
    {
      key: readFileSync(join(folder, "server.key")),
      cert: readFileSync(join(folder, "server.pem")),
    },
    ({ url = "" }, response) => {
      const page = pages[url];
      response.statusCode = page === undefined ? 404 : 200;
      response.end(typeof page === "string" ? page : JSON.stringify(page ?? {}));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `https://localhost:${port}/cluster`;
  pages["/cluster/.well-known/openid-configuration"] = { issuer, jwks_uri: `${issuer}/keys` };
  pages["/cluster/keys"] = { keys: [jwk] };

  return {
    issuer,
    pages,
    /** A signed token; a claim that is undefined is left out. */
    token: (claims: JWTPayload = {}, { by = "issuer" }: { by?: "issuer" | "stranger" } = {}) => {
      const seconds = Math.floor(Date.now() / 1000);
      return new SignJWT({ iss: issuer, iat: seconds, exp: seconds + 600, ...claims })
        .setProtectedHeader({ alg: "RS256", kid: "key-1" })
        .sign(by === "issuer" ? pair.privateKey : stranger.privateKey);
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
