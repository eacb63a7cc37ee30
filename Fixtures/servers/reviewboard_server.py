"""Serves the Review Board site that REVIEWBOARD_SITEDIR names on a loopback port: reviewboard_server.py PORT"""
import socketserver
import sys
import wsgiref.simple_server

from reviewboard.wsgi import application


class Server(socketserver.ThreadingMixIn, wsgiref.simple_server.WSGIServer):
    """A thread for each request; none of them keeps the process alive."""

    daemon_threads = True


wsgiref.simple_server.make_server("127.0.0.1", int(sys.argv[1]), application, server_class=Server).serve_forever()
