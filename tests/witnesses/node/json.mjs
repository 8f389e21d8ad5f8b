// Whether JSON.parse reads each text: given as a JSON list of base64 on the standard input, answered by a list.
import { readFileSync } from "node:fs";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function reads(data) {
  try {
    JSON.parse(decoder.decode(Buffer.from(data, "base64")));
    return true;
  } catch {
    return false;
  }
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(reads)));
