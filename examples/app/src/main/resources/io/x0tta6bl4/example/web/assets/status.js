"use strict";

const connection = document.getElementById("connection");
const source = new EventSource("/status/events");

source.addEventListener("open", () => {
  connection.textContent = "Live";
});
source.addEventListener("error", () => {
  connection.textContent = "The connection is lost; trying again.";
});
for (const section of document.querySelectorAll("section[id]")) {
  source.addEventListener(section.id, (event) => {
    section.innerHTML = event.data;
  });
}
