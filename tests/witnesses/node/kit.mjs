// Runs the implementers' kit with ajv, libxml2 (as WebAssembly) and CEL in JavaScript, without a line of our Python.
//   node kit.mjs KIT     KIT is the unpacked folder; prints counts by level and what differs, exit status 1 if anything
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import { opened } from "./catalogue.mjs";
import { readJson, strict } from "./kit_json.mjs";
import { judge } from "./kit_rules.mjs";
import { fromXml, readXml, refusedByXsd } from "./kit_xml.mjs";

const kit = process.argv[2];
const bytes = (name) => readFileSync(join(kit, name));
const json = (name) => JSON.parse(bytes(name).toString("utf8"));
const standard = join(kit, "standard");
const published = opened(standard);
const counts = {};
const wrong = [];

function level(name, document, expected, said) {
  counts[name] = (counts[name] ?? 0) + 1;
  const [one, other] = [expected, said].map((value) => JSON.stringify(value));
  if (one !== other) wrong.push({ level: name, file: document, expected, said });
}

function manifests() {
  const ajv = new Ajv2020();
  for (const name of ["manifest", "cases"]) {
    const validate = ajv.compile(json(`${name}.schema.json`));
    level("manifests", `${name}.json`, null, validate(json(`${name}.json`)) ? null : validate.errors);
  }
  const listed = json("manifest.json").files;
  const there = readdirSync(kit, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const names = there.map((one) => relative(kit, join(one.parentPath ?? one.path, one.name)).replaceAll("\\", "/"));
  for (const name of names.filter((one) => one !== "manifest.json")) {
    level("manifests", name, listed[name], `sha256:${createHash("sha256").update(bytes(name)).digest("hex")}`);
  }
  level("manifests", "files that are not there", [], Object.keys(listed).filter((name) => !names.includes(name)));
}

function functionsGive() {
  const plain = (value) => (typeof value === "bigint" ? Number(value) : value);
  for (const [name, { vectors }] of Object.entries(published.declared)) {
    for (const { arguments: given, result } of vectors) {
      level("functions", `${name}(${given})`, result, plain(published.implemented[name](...given)));
    }
  }
}

function attempt(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const kinds = new Set(published.model.kinds);
const values = {}; // of the documents whose structure is sound
const refused = {}; // of the others, the verdict
const places = {}; // of those in JSON that the schema refuses, the pointers of its errors

function takeJson(file, validate) {
  const read = attempt(() => readJson(bytes(file)));
  if (!kinds.has(read?.value?.report_type)) refused[file] = "unreadable";
  else if (attempt(() => strict(read.text) ?? true) === undefined) refused[file] = "rejected";
  else if (validate(read.value)) values[file] = read.value;
  else {
    refused[file] = "rejected";
    places[file] = new Set(validate.errors.map(placed));
  }
}

// Where an error of ajv is: an unknown member at its name, a missing one at the object.
function placed({ instancePath, keyword, params }) {
  return keyword === "additionalProperties" ? `${instancePath}/${params.additionalProperty}` : instancePath;
}

async function takeXml(files) {
  const texts = [];
  for (const file of files) {
    const read = attempt(() => readXml(bytes(file)));
    if (read && kinds.has(read.root.name) && read.root.space === published.model.namespace) texts.push([file, read.text]);
    else refused[file] = "unreadable";
  }
  const numbered = Object.fromEntries(texts.map(([, text], number) => [`file${number}.xml`, text]));
  const wrongOnes = await refusedByXsd(standard, numbered);
  for (const [number, [file, text]] of texts.entries()) {
    if (wrongOnes.has(`file${number}.xml`)) refused[file] = "rejected";
    else values[file] = fromXml(text, published.model);
  }
}

const order = (findings) => findings.map(({ finding_code, severity, pointer }) => [finding_code, severity, pointer ?? null].join(" ")).sort();

function verdict(findings) {
  if (findings.some(({ severity }) => severity === "error")) return "rejected";
  return findings.some(({ severity }) => severity === "warning") ? "accepted_with_warnings" : "accepted";
}

const { findings } = judge(published);

function judged({ file, findings: expected, verdict: outcome }, value, profiles) {
  const said = [...findings(value, profiles)];
  const lists = ({ finding_code }) => finding_code.includes("-CL-");
  level("rules", file, order(expected.filter((one) => !lists(one))), order(said.filter((one) => !lists(one))));
  level("code lists", file, order(expected.filter(lists)), order(said.filter(lists)));
  level("verdict", file, outcome, verdict(said));
  return said;
}

function broken({ file, verdict: outcome, findings: expected }) {
  level("verdict", file, outcome, refused[file]);
  const pointers = expected.map(({ pointer }) => pointer ?? "");
  if (places[file]) level("places, json", file, [], pointers.filter((one) => !places[file].has(one)));
}

const { cases } = json("cases.json");
manifests();
functionsGive();
const ajv = new Ajv({ allErrors: true, strict: false, allowUnionTypes: true });
const validate = ajv.compile(published.read("jsonschema", "exportreport.schema.json"));
const all = cases.flatMap(({ documents }) => documents);
for (const { file, syntax } of all) if (syntax === "json") takeJson(file, validate);
await takeXml(all.filter(({ syntax }) => syntax === "xml").map(({ file }) => file));
for (const { about, profiles = [], documents } of cases) {
  for (const document of documents) {
    const value = values[document.file];
    level(`structure, ${document.syntax}`, document.file, document.structure, value ? "sound" : "broken");
    if (!value && document.structure === "broken") broken(document);
    if (!value || document.structure !== "sound") continue;
    const said = judged(document, value, profiles);
    if (about?.expect === "fail") {
      const codes = said.filter(({ pointer = "" }) => pointer.startsWith(about.pointer)).map((one) => one.finding_code);
      level("cases of rules", document.file, true, codes.includes(about.finding_code));
    }
  }
  const both = documents.map(({ file }) => values[file]).filter((one) => one);
  if (both.length === 2) level("both syntaxes", documents[0].file, canonical(both[0]), canonical(both[1]));
}

function canonical(value) {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, canonical(value[name])]));
}

console.log(JSON.stringify({ counts, wrong: wrong.slice(0, 50), differences: wrong.length }, null, 1));
process.exitCode = wrong.length ? 1 : 0;
