"use strict";

const main = document.querySelector("main");
const state = document.getElementById("state");
const order = document.getElementById("order");
const connection = document.getElementById("connection");

function enhance() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
  }
  showTimeLeft();
}

function showTimeLeft() {
  const left = document.getElementById("left");
  if (!left) {
    return;
  }
  const seconds = Math.max(0, Math.floor((Date.parse(left.dateTime) - Date.now()) / 1000));
  const part = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = part(Math.floor(seconds / 60) % 60) + ":" + part(seconds % 60);
  left.textContent = hours > 0 ? hours + ":" + rest : rest;
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copy).textContent;
  await navigator.clipboard.writeText(text);
  const label = button.textContent;
  button.textContent = main.dataset.copied;
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}

function follow(url) {
  const source = new EventSource(url);
  source.addEventListener("open", () => {
    connection.textContent = main.dataset.live;
  });
  source.addEventListener("error", () => {
    connection.textContent = main.dataset.offline;
  });
  source.addEventListener("order", (event) => {
    const now = JSON.parse(event.data);
    if (state.dataset.status !== now.status) {
      state.dataset.status = now.status;
      state.textContent = now.sentence;
    }
    // What is selected or focused stays so while nothing changes.
    if (order.dataset.version !== now.version) {
      order.dataset.version = now.version;
      order.innerHTML = now.html;
      enhance();
    }
    if (now.final) {
      source.close();
      connection.textContent = "";
    }
  });
}

if (order) {
  enhance();
  setInterval(showTimeLeft, 1000);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) {
      copy(button);
    }
  });
  if (main.dataset.events) {
    follow(main.dataset.events);
  }
}
