"""Takes the upload of a release as the Central Portal does, on loopback, and calls it valid.

usage: fake-central.py BUNDLE PORT_FILE; the interface is that of https://central.sonatype.org/publish/publish-portal-api/
"""

import http.server
import json
import pathlib
import sys


class Portal(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Authorization", "").split(" ")[0] not in ("Bearer", "UserToken", "Basic"):
            self.answer(401, "no token")
        elif self.path.startswith("/api/v1/publisher/upload"):
            boundary = self.headers["Content-Type"].split("boundary=")[1].strip('"').encode()
            part = next(part for part in body.split(b"--" + boundary) if b'name="bundle"' in part)
            pathlib.Path(sys.argv[1]).write_bytes(part.split(b"\r\n\r\n", 1)[1][:-2])
            self.answer(201, "00000000-0000-0000-0000-000000000001")
        elif self.path.startswith("/api/v1/publisher/status"):
            self.answer(200, json.dumps({"deploymentId": "00000000-0000-0000-0000-000000000001", "deploymentState": "VALIDATED", "purls": []}))
        else:
            self.answer(404, "unknown: " + self.path)

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if text.startswith("{") else "text/plain")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
pathlib.Path(sys.argv[2]).write_text(str(server.server_port))
server.serve_forever()
