// Starts the emulator on the port that is given, and says so.
const { TelegramServer } = require("telegram-test-api/lib/telegramServer");

const server = new TelegramServer({ port: Number(process.argv[2]), host: "127.0.0.1", storeTimeout: 1000 });
server.start().then(() => console.log("ready"));
