// A stand-in for the binary `pulumi-language-nodejs`: what it does when an official install runs a program, as far as this project's Pulumi.yaml asks for it:
// starts @pulumi/pulumi's own runner in Node with the options of the project file. Official installs bring it as a binary.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";

type RunRequest = InstanceType<typeof languagePb.RunRequest>;
type RunResponse = InstanceType<typeof languagePb.RunResponse>;

/** The engine gives its own address as the last argument, and reads the port from standard output. */
const engineAddress = process.argv.at(-1) ?? "";

const answer =
  <Request, Response>(make: (request: Request) => Response): handleUnaryCall<Request, Response> =>
  (call, callback) =>
    callback(null, make(call.request));
const run: handleUnaryCall<RunRequest, RunResponse> = (call, callback) => {
  runProgram(call.request).then((response) => callback(null, response));
};
const server = new Server();
server.addService(languageGrpc.LanguageRuntimeService, {
  getPluginInfo: answer(() => new pluginPb.PluginInfo().setVersion("3.248.0")),
  getRequiredPlugins: answer(() => new languagePb.GetRequiredPluginsResponse()),
  getRequiredPackages: answer(() => new languagePb.GetRequiredPackagesResponse()),
  run,
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});

async function runProgram(request: RunRequest): Promise<RunResponse> {
  const info = request.getInfo();
  const options = info?.getOptions()?.toJavaScript() ?? {};
  const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run");
  const config = Object.fromEntries(request.getConfigMap().toArray());
  const args = [
    ...String(options["nodeargs"] ?? "")
      .split(" ")
      .filter(Boolean),
    runner,
    `--monitor=${request.getMonitorAddress()}`,
    `--engine=${engineAddress}`,
    `--project=${request.getProject()}`,
    `--stack=${request.getStack()}`,
    `--pwd=${info?.getProgramDirectory() ?? request.getPwd()}`,
    `--parallel=${request.getParallel()}`,
    ...(request.getDryrun() ? ["--dry-run=true"] : []),
    info?.getEntryPoint() ?? ".",
  ];
  const child = spawn(process.execPath, args, {
    cwd: info?.getProgramDirectory() ?? request.getPwd(),
    env: {
      ...process.env,
      PULUMI_CONFIG: JSON.stringify(config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      PULUMI_NODEJS_TYPESCRIPT: String(options["typescript"] ?? true),
    },
    // What the program prints is for the person; standard output is the port's alone.
    stdio: ["ignore", process.stderr, process.stderr],
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  const response = new languagePb.RunResponse();
  if (code === 32) response.setBail(true);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}
