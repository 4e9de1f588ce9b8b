// Writes pairs until it is killed, and says after each pair that it is written.
import { writeSync } from "node:fs";
import { openStore } from "../../../local-cloud/state/store.js";

const store = openStore(process.argv[2] ?? "");
for (let count = 1; ; count += 1) {
  store.transaction(() => {
    store.put("pairs", `${count}/a`, count);
    store.put("pairs", `${count}/b`, count);
  });
  writeSync(1, `${count}\n`);
}
