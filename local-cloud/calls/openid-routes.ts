// Where bots find the keys of the calling service. The real service has a host of its own for it, api.aps.skype.com; here it shares
// that of the sign-in.
import { Hono } from "hono";
import { type CallerTokens, KEYS_PATH, OPENID_PATH } from "./caller-tokens.js";

export function openIdRoutes(tokens: CallerTokens, origin: () => string): Hono {
  const app = new Hono();
  app.get(OPENID_PATH, (context) => context.json(tokens.openIdDocument(origin())));
  app.get(KEYS_PATH, async (context) => context.json(await tokens.keys()));
  return app;
}
