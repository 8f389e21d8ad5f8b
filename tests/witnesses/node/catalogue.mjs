// What the published files say of rules and of the objects of a message, read from the folder that holds them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Environment } from "@marcbachmann/cel-js";
import { functions } from "./functions.mjs";

const TYPES = { text: "string", decimal: "string", date: "string", datetime: "string", int: "int", bool: "bool" };
const type = (name) => TYPES[name] ?? (name === "list of decimal" ? "list<string>" : "list");

export function opened(artifacts) {
  const read = (...names) => JSON.parse(readFileSync(join(artifacts, ...names), "utf8"));
  const model = read("model.json");
  const declared = read("rules", "functions.json").functions;
  const implemented = functions(artifacts);

  function environment() {
    const env = new Environment()
      .registerVariable("this", "map")
      .registerVariable("report", "map")
      .registerVariable("as_of", "string")
      .registerVariable("entries", "list");
    for (const [name, { signature }] of Object.entries(declared)) {
      const [, inside, result] = /^\w+\((.*)\) -> (.*)$/.exec(signature);
      const parameters = inside.split(", ").map((one) => type(one.split(": ")[1]));
      env.registerFunction(`${name}(${parameters.join(", ")}): ${type(result)}`, implemented[name]);
    }
    return env;
  }

  const env = environment();
  const questions = new Map();

  // Whether an expression is true; one that asks for what is not there is not.
  function ask(text, values) {
    if (!questions.has(text)) questions.set(text, env.parse(text));
    try {
      return questions.get(text)(values) === true;
    } catch {
      return false;
    }
  }

  function rules() {
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

  return { read, model, declared, implemented, rules, objects, ask };
}
