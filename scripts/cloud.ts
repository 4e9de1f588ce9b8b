// `npm run cloud`: keeps a local cloud in the foreground, for exploring and for several commands in a row.

import { rm } from "node:fs/promises";
import { Command, InvalidArgumentError } from "commander";
import pc from "picocolors";
import {
  type LocalCloud,
  LocalCloudError,
  type LoggedRequest,
  portsFrom,
  resetStateFolder,
  startLocalCloud,
} from "../local-cloud/index.js";
import { localFolder, pathsInLocalFolder } from "./project-paths.js";

interface CloudOptions {
  readonly folder?: string;
  readonly port?: number;
  readonly quiet?: boolean;
  readonly reset?: boolean;
}

const cli = new Command("npm run cloud --")
  .description("Keeps a local Azure Resource Manager, Microsoft Graph and Entra sign-in running.")
  .option("--folder <path>", "state folder (default: LOCAL_CLOUD_FOLDER, else .local)")
  .option("--port <number>", "first of five ports in a row (default: those it had before)", toPort)
  .option("--quiet", "do not print a line for each request")
  .option("--reset", "empty the state, with the stacks that were deployed to it, and end")
  .addHelpText(
    "after",
    `
Examples:
  npm run cloud                                  then, in another terminal:
  npm run stack -- up --stack local              ... deploys to it
  npm run local -- npx vitest                    ... runs against it
  npm run cloud -- --reset                       start again from nothing`,
  )
  .parse();

const options = cli.opts<CloudOptions>();
const folder = localFolder(options.folder);
try {
  await (options.reset ? reset() : serve());
} catch (error) {
  if (!(error instanceof LocalCloudError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Empties the cloud and forgets the stacks deployed to it: their resources are gone with it. */
async function reset(): Promise<void> {
  await resetStateFolder(folder);
  const { pulumiState, runs } = pathsInLocalFolder(folder);
  await rm(pulumiState, { recursive: true, force: true });
  await rm(runs, { recursive: true, force: true });
  process.stdout.write(`The local cloud in ${folder} is empty, and so are the local stacks.\n`);
}

async function serve(): Promise<void> {
  const stop = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => resolve());
  });
  // A reader that has seen enough ("| head") must not end the cloud.
  process.stdout.on("error", () => {});
  const cloud = await startLocalCloud({
    folder,
    ...(options.port === undefined ? {} : { ports: portsFrom(options.port) }),
  });
  try {
    await cloud.startPlugins();
    process.stdout.write(summary(cloud));
    if (!options.quiet)
      cloud.requests.watch((request) => process.stdout.write(requestLine(request)));
    await stop;
  } finally {
    await cloud.close();
  }
  process.stdout.write("\nStopped. The state is kept; --reset empties it.\n");
}

function summary({ origins, caPath }: LocalCloud): string {
  return `${pc.bold("The local cloud is running.")} Ctrl-C stops it.

  Entra sign-in      ${pc.cyan(origins.login)}
  Resource Manager   ${pc.cyan(origins.arm)}
  Microsoft Graph    ${pc.cyan(origins.graph)}
  Azure Storage      ${pc.cyan(origins.storage)}
  Azure Key Vault    ${pc.cyan(origins.vault)}
  authority (PEM)    ${caPath}
  state              ${folder}

In another terminal:
  npm run stack -- up --stack local
  npm run local -- sh -c '
    token=$(curl -s --cacert $LOCAL_CLOUD_CA $AZURE_AUTHORITY_HOST/$AZURE_TENANT_ID/oauth2/v2.0/token \\
      -d grant_type=client_credentials -d client_id=$AZURE_CLIENT_ID \\
      --data-urlencode client_secret=$AZURE_CLIENT_SECRET \\
      -d scope=$LOCAL_GRAPH_URL/.default | node -p "JSON.parse(fs.readFileSync(0)).access_token")
    curl -s --cacert $LOCAL_CLOUD_CA -H "Authorization: Bearer $token" $LOCAL_GRAPH_URL/v1.0/applications'

`;
}

function requestLine({ at, service, method, path, status, milliseconds }: LoggedRequest): string {
  const time = at.slice(11, 19);
  const result = status === 0 ? "dropped" : String(status);
  const colour = status >= 500 || status === 0 ? pc.red : status >= 400 ? pc.yellow : pc.green;
  return `${pc.dim(time)} ${service.padEnd(7)} ${colour(result)} ${method.padEnd(6)} ${path} ${pc.dim(`${milliseconds} ms`)}\n`;
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65531) {
    throw new InvalidArgumentError("Give a whole number from 1024 to 65531.");
  }
  return port;
}
