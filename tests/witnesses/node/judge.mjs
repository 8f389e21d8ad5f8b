// Judges documents by the published rules with CEL in JavaScript.
//   node judge.mjs ARTIFACTS vectors              the vectors of functions.json that a function does not give, as JSON
//   node judge.mjs ARTIFACTS judge < documents    for each line, a document, a line: [[code, pointer, status, at], ...]
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Environment } from "@marcbachmann/cel-js";
import { functions } from "./functions.mjs";

const [artifacts, task] = process.argv.slice(2);
const read = (...names) => JSON.parse(readFileSync(join(artifacts, ...names), "utf8"));
const model = read("model.json");
const declared = read("rules", "functions.json").functions;
const implemented = functions(artifacts);

const TYPES = { text: "string", decimal: "string", date: "string", datetime: "string", int: "int", bool: "bool" };
const type = (name) => TYPES[name] ?? (name === "list of decimal" ? "list<string>" : "list");

function environment() {
  const env = new Environment()
    .registerVariable("this", "map")
    .registerVariable("report", "map")
    .registerVariable("as_of", "string");
  for (const [name, { signature }] of Object.entries(declared)) {
    const [, inside, result] = /^\w+\((.*)\) -> (.*)$/.exec(signature);
    const parameters = inside.split(", ").map((one) => type(one.split(": ")[1]));
    env.registerFunction(`${name}(${parameters.join(", ")}): ${type(result)}`, implemented[name]);
  }
  return env;
}

function rules() {
  const env = environment();
  const owners = new Map();
  for (const profile of read("rules", "profiles.json").profiles) {
    for (const code of profile.rules) owners.set(code, profile);
  }
  return read("rules", "rules.json").rules.map((rule) => {
    const profile = owners.get(rule.code);
    const conditions = [profile?.applies, rule.when].filter((one) => one !== undefined);
    return { ...rule, profile, conditions: conditions.map((one) => env.parse(one)), demand: env.parse(rule.assert) };
  });
}

function lineage(name) {
  const above = model.classes[name].parent;
  return above ? [name, ...lineage(above)] : [name];
}

function* objects(name, value, pointer, around) {
  const classes = lineage(name);
  if (classes.includes("Message")) {
    const given = value.as_of ?? around.given;
    const report = classes.includes("Report") ? value : undefined;
    around = { report, given, day: given ?? value.reported_at.slice(0, 10) };
  }
  yield { classes, value, pointer, around };
  for (const [slot, { kind, range, many }] of Object.entries(model.classes[name].slots)) {
    if (kind !== "class" || !(slot in value)) continue;
    const of = (one) => (model.classes[range].abstract ? one.report_type : range);
    const inner = `${pointer}/${slot}`;
    if (!many) yield* objects(of(value[slot]), value[slot], inner, around);
    else for (const [number, one] of value[slot].entries()) yield* objects(of(one), one, `${inner}/${number}`, around);
  }
}

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
