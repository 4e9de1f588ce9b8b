// The smallest bot that answers calls: it checks who sends a notification, answers, plays one prompt and hangs up. It keeps
// nothing: each notification says what has happened, and to which call. Run it, and call it without Teams:
//
//   node --env-file=.local/rehearsal/bot.env --import tsx examples/answering-bot/main.ts
//   teams-calling-bot rehearse --webhook http://localhost:9441/api/calling
//
// It speaks plain HTTP: in front of it stands what has the certificate, such as a tunnel, an ingress or App Service.
import { createServer, type IncomingMessage } from "node:http";
import { EnvironmentCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";
import { z } from "zod";
import { callerCheck } from "./caller.js";

const settings = z
  .object({
    /** What the bot signs in as; its app id is also what notifications are for. */
    AZURE_TENANT_ID: z.string(),
    AZURE_CLIENT_ID: z.string(),
    AZURE_CLIENT_SECRET: z.string(),
    AZURE_AUTHORITY_HOST: z.url().default("https://login.microsoftonline.com"),
    /** The two addresses that a rehearsal stands in for. */
    GRAPH_URL: z.url().default("https://graph.microsoft.com"),
    CALLING_OPENID_CONFIGURATION: z
      .url()
      .default("https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration"),
    /** A WAV file (mono, 16 kHz, 16 bits) that the service can download. */
    PROMPT_URL: z.url().default("https://contoso.com/prompts/hello.wav"),
    /** Path of the webhook, as it is registered. */
    CALLING_PATH: z.string().default("/api/calling"),
    /** 0 takes any that is free. */
    PORT: z.coerce.number().default(9441),
  })
  .parse(process.env);

const isFromCallingService = callerCheck({
  appId: settings.AZURE_CLIENT_ID,
  tenantId: settings.AZURE_TENANT_ID,
  openIdConfiguration: settings.CALLING_OPENID_CONFIGURATION,
});

const graph = Client.initWithMiddleware({
  baseUrl: settings.GRAPH_URL,
  customHosts: new Set([new URL(settings.GRAPH_URL).hostname]),
  authProvider: new TokenCredentialAuthenticationProvider(
    new EnvironmentCredential({ disableInstanceDiscovery: true }),
    { scopes: [`${settings.GRAPH_URL}/.default`] },
  ),
});

const Notifications = z.object({
  "@odata.type": z.literal("#microsoft.graph.commsNotifications"),
  value: z.array(z.object({ resourceUrl: z.string(), resourceData: z.unknown() })),
});
const Change = z.object({ "@odata.type": z.string(), state: z.string().optional() });

const server = createServer(async (request, response) => {
  const { status, notifications = [] } = await received(request);
  // Answered first: what follows takes requests of its own, and the service waits.
  response.writeHead(status, { Connection: "close" }).end();
  for (const { resourceUrl, resourceData } of notifications) {
    const change = Change.safeParse(resourceData);
    const [, call] = /^(\/communications\/calls\/[^/]+)/.exec(resourceUrl) ?? [];
    if (!change.success || call === undefined) continue;
    await act(call, change.data).catch((error: unknown) => {
      // The call goes on without the bot: it ends when the caller has waited long enough.
      console.error(`${call}: ${error instanceof Error ? error.message : error}`);
    });
  }
});

type Notification = z.infer<typeof Notifications>["value"][number];

async function received(
  request: IncomingMessage,
): Promise<{ status: number; notifications?: Notification[] }> {
  if (request.method !== "POST" || request.url !== settings.CALLING_PATH) return { status: 404 };
  if (!(await isFromCallingService(request.headers.authorization))) return { status: 401 };
  const body = await jsonOf(request);
  if (body === undefined) return { status: 400 };
  const read = Notifications.safeParse(body);
  // The format from before Graph: "no content" asks for the same again in Graph's.
  return read.success ? { status: 202, notifications: read.data.value } : { status: 204 };
}

async function act(call: string, { "@odata.type": type, state }: z.infer<typeof Change>) {
  if (type === "#microsoft.graph.call" && state === "incoming") {
    await graph.api(`${call}/answer`).post({
      acceptedModalities: ["audio"],
      mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" },
    });
  } else if (type === "#microsoft.graph.call" && state === "established") {
    const mediaInfo = { "@odata.type": "#microsoft.graph.mediaInfo", uri: settings.PROMPT_URL };
    await graph.api(`${call}/playPrompt`).post({
      prompts: [{ "@odata.type": "#microsoft.graph.mediaPrompt", mediaInfo }],
    });
  } else if (type === "#microsoft.graph.playPromptOperation") {
    await graph.api(call).delete();
  }
}

/** Longer than any notification. */
const MOST_BYTES = 256 * 1024;

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

// A bot that is stopped ends at once here; one with calls to lose would first take no new ones and wait.
server.listen(settings.PORT, () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : address;
  console.log(`The bot listens on port ${port}.`);
});
