/* Comfort for readers who let scripts run; every page does all it does without it. No request is made and nothing is kept. */
const words = document.querySelector("script[data-copy]").dataset;

/* A button that copies what stands in a box. */
function addCopyButton(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(box.textContent);
    button.textContent = words.done;
    setTimeout(() => { button.textContent = words.copy; }, 2000);
  });
  box.before(button);
}

/* The filter applies when a pointer chooses from a list. Who uses the keyboard passes other values on the way, and sends
   the form. Fields that ask nothing stay out of the address. */
function applyOnChoice(form) {
  let byPointer = false;
  form.addEventListener("pointerdown", () => { byPointer = true; });
  form.addEventListener("keydown", () => { byPointer = false; });
  form.addEventListener("change", (event) => {
    if (byPointer && event.target.matches("select"))
      form.requestSubmit();
  });
  form.addEventListener("formdata", (event) => {
    for (const [key, value] of [...event.formData])
      if (value === "")
        event.formData.delete(key);
  });
}

/* "1 234 (50 confirmed)" counts as 1234. */
function keyOf(row, column) {
  const cell = row.cells[column];
  if (!cell.classList.contains("number"))
    return cell.textContent.trim();
  const digits = cell.textContent.split("(")[0].replace(/[^0-9]/g, "");
  return digits === "" ? -1 : Number(digits);
}

function compare(a, b) {
  return typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang, { numeric: true });
}

/* A click on a heading sorts the table by its column, a second one the other way round. */
function sortByHeading(table) {
  const headings = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => compare(keyOf(a, column), keyOf(b, column)));
      body.append(...(down ? rows.reverse() : rows));
    });
  });
}

if (navigator.clipboard)
  document.querySelectorAll(".copies pre, .cite pre").forEach(addCopyButton);
document.querySelectorAll("form.filter").forEach(applyOnChoice);
document.querySelectorAll(".figure table").forEach(sortByHeading);
