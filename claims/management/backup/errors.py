class BackupError(Exception):
    """No backup was made, or none restored. The message says why and what to do; nothing was changed."""
