// A reason belongs to one scan: whatever the station shows next, or its silence, takes it from the page.

const explained = document.querySelector(".explained");
const nothing = document.querySelector(".nothing");
const source = new EventSource("/api/v1/lamp");

function forget() {
  explained?.remove();
  nothing.hidden = false;
}

source.addEventListener("shown", () => location.reload());
source.addEventListener("lost", forget);
source.onerror = forget;
setTimeout(forget, 120_000);
