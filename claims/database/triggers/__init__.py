"""The triggers of claims, by what they are for; each module yields them as derived objects."""
