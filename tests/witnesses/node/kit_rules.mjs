// The findings of a message of sound structure, as the page of the kit says: rules, profiles, entries and code lists.
const GRAVITY = ["info", "warning", "error"];
const EVERYWHERE = { first: "", last: "9999" };

export function judge({ read, model, rules, objects, ask }) {
  const profiles = new Map(read("rules", "profiles.json").profiles.map((one) => [one.id, one]));
  const catalogue = rules();
  const lists = new Map();

  function list(id) {
    if (!lists.has(id)) lists.set(id, opened(id));
    return lists.get(id);
  }

  function opened(id) {
    try {
      const found = read("codelists", `${id}.json`);
      const rows = new Map();
      for (const row of found.codes) rows.set(row.code, [...(rows.get(row.code) ?? []), row]);
      return { ...found, rows };
    } catch {
      return undefined;
    }
  }

  function* findings(document, asked) {
    for (const { classes, value, pointer, around } of objects(document.report_type, document, "", {})) {
      yield* ofRules(classes, value, pointer, around, inForce(around, asked));
      yield* ofLists(classes[0], value, pointer, around.day);
    }
  }

  function inForce({ report, day }, asked) {
    const named = report ? [...(report.profiles ?? []), ...asked] : [];
    const known = [...new Set(named)].map((id) => profiles.get(id)).filter((one) => one);
    return known.filter(({ valid_from: first = "", valid_until: last = "9999" }) => first <= day && day <= last);
  }

  function* ofRules(classes, value, pointer, around, used) {
    const values = { this: value, report: around.report ?? {}, as_of: around.day };
    const applying = new Set(used.filter(({ id }) => applies(id, values)).map(({ id }) => id));
    for (const rule of catalogue) {
      if (!classes.includes(rule.each) || (rule.profile && !applying.has(rule.profile.id))) continue;
      if (!rule.conditions.every((one) => told(rule, one, values)) || told(rule, rule.demand, values)) continue;
      const severity = graver(rule, used.filter(({ id }) => applying.has(id)));
      for (const place of pointed(rule, value, pointer, values, ask)) yield finding(rule.code, severity, place);
    }
  }

  function applies(id, values) {
    const rule = catalogue.find((one) => one.profile?.id === id);
    return rule === undefined || rule.profile.applies === undefined || told(rule, rule.conditions[0], values);
  }

  function* ofLists(name, value, pointer, day) {
    for (const [slot, { kind, range, many, code_list: own, code_list_by: by }] of Object.entries(model.classes[name].slots)) {
      if (!(slot in value) || kind === "class") continue;
      const id = by ? judging(model.classes[name].slots[by].code_list, value[by], day) : own ?? model.types[range]?.code_list;
      const codes = many ? value[slot].map((code, number) => [code, `/${number}`]) : [[value[slot], ""]];
      for (const [code, entry] of id ? codes : []) {
        const said = onList(list(id), code, day);
        if (said) yield finding(...said, `${pointer}/${slot}${entry}`);
      }
    }
  }

  function judging(naming, id) {
    return id && (list(naming)?.rows.get(id)?.[0].codes ?? id);
  }

  return { findings };
}

function finding(code, severity, pointer) {
  return { finding_code: code, severity, ...(pointer && { pointer }) };
}

function told(rule, program, values) {
  const result = program(values);
  if (typeof result !== "boolean") throw new Error(`${rule.code} gives ${result}`);
  return result;
}

function graver({ code, severity }, used) {
  const raised = used.map(({ raises = {} }) => raises[code]).filter((one) => one);
  return [severity, ...raised].sort((a, b) => GRAVITY.indexOf(b) - GRAVITY.indexOf(a))[0];
}

function pointed(rule, value, pointer, values, ask) {
  if (!rule.at || !(rule.at in value)) return [pointer];
  const place = `${pointer}/${rule.at}`;
  const question = aboutEntries(rule);
  if (!question) return [place];
  const fits = (entry) => ask(question, { ...values, entries: [entry] });
  const wrong = value[rule.at].flatMap((entry, number) => (fits(entry) ? [] : [`${place}/${number}`]));
  return wrong.length ? wrong : [place];
}

// What to ask of each entry where assert is about each: it is one this.AT.all(...) or !this.AT.exists(...), beside which
// stands nothing but has(...).
function aboutEntries({ assert, at }) {
  const rest = assert.trim().replace(/^(has\([A-Za-z_.]+\)\s*&&\s*)*/, "");
  for (const [start, asked] of [[`this.${at}.all(`, "entries.all("], [`!this.${at}.exists(`, "!entries.exists("]]) {
    if (rest.startsWith(start) && closes(rest, start.length)) return asked + rest.slice(start.length);
  }
  return undefined;
}

function closes(text, from) {
  let depth = 1;
  for (const [place, sign] of [...text.replace(/'[^']*'/g, (one) => "_".repeat(one.length))].entries()) {
    if (place < from) continue;
    if (sign === "(") depth += 1;
    if (sign === ")" && --depth === 0) return place === text.length - 1;
  }
  return false;
}

// What a list says of a code on a day: nothing, or the code and severity of a finding.
function onList(found, code, day) {
  const { first, last } = EVERYWHERE;
  if (!found || day < (found.complete_from ?? first) || day > (found.complete_to ?? last)) return undefined;
  const rows = found.rows.get(code);
  if (rows) {
    if (rows.some((row) => (row.valid_from ?? first) <= day && day <= (row.valid_to ?? last))) return undefined;
    return rows.some((row) => (row.valid_from ?? first) <= day) ? ["ER-CL-003", "error"] : ["ER-CL-004", "error"];
  }
  if (found.partial || found.codes.some((row) => row.below === "open" && code.startsWith(row.code))) return undefined;
  const { depth } = found;
  const above = depth === undefined ? code : depth === "entries" ? code.split(".")[0] : code.slice(0, depth);
  if (above !== code && found.rows.has(above)) return undefined;
  return found.open ? ["ER-CL-002", "warning"] : ["ER-CL-001", "error"];
}
