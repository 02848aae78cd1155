"""Answers HTTP requests and datagrams on a port: python3 serve.py [PORT]. With SHOW_REQUESTS set it prints each."""

import os
import socketserver
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GREETING = os.environ.get("GREETING", "no GREETING came over")
ANSWER = f"answered by the dev container: {GREETING}\n".encode()


def show(request):
    if "SHOW_REQUESTS" in os.environ:
        print(request, flush=True)


class Request(BaseHTTPRequestHandler):
    def do_GET(self):
        show(f"GET {self.path}")
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


class Datagram(socketserver.BaseRequestHandler):
    def handle(self):
        show("datagram")
        self.request[1].sendto(ANSWER, self.client_address)


port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
datagrams = socketserver.ThreadingUDPServer(("", port), Datagram)
threading.Thread(target=datagrams.serve_forever, daemon=True).start()
ThreadingHTTPServer(("", port), Request).serve_forever()
