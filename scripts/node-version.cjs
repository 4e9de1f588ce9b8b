// Says in one sentence that Node is too old, in words that an old Node understands: without it a newcomer sees a stack trace.
// `npm ci` runs it in this project, never where the package is installed.
const { engines } = require("../package.json");

const needed = Number(/\d+/.exec(engines.node)[0]);
if (Number(process.versions.node.split(".")[0]) < needed) {
  console.error(
    "This project needs Node " +
      needed +
      " or newer, and this is Node " +
      process.versions.node +
      ". Install a newer one (https://nodejs.org) and run `npm ci` again.",
  );
  process.exitCode = 1;
}
