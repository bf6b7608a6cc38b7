"use strict";

const stage = document.getElementById("stage");
const connection = document.getElementById("connection");
const source = new EventSource("/demo/events");

source.addEventListener("open", () => {
  connection.textContent = "Live";
});
source.addEventListener("error", () => {
  connection.textContent = "The connection is lost; trying again.";
});
source.addEventListener("stage", (event) => {
  stage.innerHTML = event.data;
});
