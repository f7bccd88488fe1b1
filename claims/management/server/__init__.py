"""The HTTP server behind `serve`: processes that are kept alive, connections that cannot hold a thread by stalling."""
