// Judges documents by the published rules with CEL in JavaScript.
//   node judge.mjs ARTIFACTS vectors              the vectors of functions.json that a function does not give, as JSON
//   node judge.mjs ARTIFACTS judge < documents    for each line, a document, a line: [[code, pointer, status, at], ...]
import { createInterface } from "node:readline";
import { opened } from "./catalogue.mjs";

const [artifacts, task] = process.argv.slice(2);
const { declared, implemented, rules, objects } = opened(artifacts);

function runs({ profile }, { report, day }) {
  if (!profile) return true;
  return report && (profile.valid_from ?? "") <= day && day <= (profile.valid_until ?? "9999");
}

function holds(rule, program, values) {
  const result = program(values);
  if (typeof result !== "boolean") throw new Error(`${rule.code} gives ${result}`);
  return result;
}

function judged(catalogue, document) {
  const verdict = [];
  for (const { classes, value, pointer, around } of objects(document.report_type, document, "", {})) {
    const values = { this: value, report: around.report ?? {}, as_of: around.day };
    for (const rule of catalogue) {
      if (!classes.includes(rule.each) || !runs(rule, around)) continue;
      if (!rule.conditions.every((one) => holds(rule, one, values))) continue;
      const at = rule.at && rule.at in value ? `${pointer}/${rule.at}` : pointer;
      verdict.push(holds(rule, rule.demand, values) ? [rule.code, pointer, "pass"] : [rule.code, pointer, "fail", at]);
    }
  }
  return verdict;
}

function vectors() {
  const plain = (value) => (typeof value === "bigint" ? Number(value) : value);
  return Object.entries(declared).flatMap(([name, { vectors }]) =>
    vectors
      .filter(({ arguments: given, result }) => plain(implemented[name](...given)) !== result)
      .map((vector) => ({ name, ...vector })),
  );
}

if (task === "vectors") {
  console.log(JSON.stringify(vectors()));
} else {
  const catalogue = rules();
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(judged(catalogue, JSON.parse(line))));
  }
}
