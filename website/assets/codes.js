// Adds a field to the table of a code list that shows only the rows with the text in it.
for (const box of document.querySelectorAll(".codes")) {
  const rows = [...box.querySelectorAll("tbody tr")].map((row) => [row, row.textContent.toLowerCase()]);
  const label = document.createElement("label");
  const field = document.createElement("input");
  field.type = "search";
  label.append("Find a code or a word ", field);
  box.prepend(label);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const [row, text] of rows) row.hidden = !text.includes(wanted);
  });
}
