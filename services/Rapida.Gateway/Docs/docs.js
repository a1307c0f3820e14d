// The page is whole without this: it searches, and opens what an address names.
const filter = document.getElementById("filter");
const found = document.querySelector("output");
const operations = [...document.querySelectorAll("details")].map(element => ({ element, text: element.textContent.toLowerCase() }));

filter.closest("search").hidden = false;
filter.addEventListener("input", () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(word => word);
  let count = 0;
  for (const { element, text } of operations) {
    element.hidden = !words.every(word => text.includes(word));
    count += !element.hidden;
  }
  for (const section of document.querySelectorAll("main section:has(details)")) section.hidden = !section.querySelector("details:not([hidden])");
  found.textContent = words.length ? `${count} of ${operations.length} operations` : "";
});

const open = () => {
  const element = document.getElementById(location.hash.slice(1));
  if (element?.matches("details")) {
    element.open = true;
    element.scrollIntoView();
  }
};
addEventListener("hashchange", open);
open();

const shell = document.getElementById("shell");
shell.textContent = shell.textContent.replace("https://your-gateway", location.origin);
