"""Django's backend for SQLite, which notices that the file of the database was removed or replaced.

SQLite goes on with a file that has no name any more: what is saved there is gone when the process ends.
"""
