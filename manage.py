#!/usr/bin/env python
"""Runs a command of the site: `python manage.py help` lists them."""

from factbase.command_line import main

if __name__ == "__main__":
    main()
