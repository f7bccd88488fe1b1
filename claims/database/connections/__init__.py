"""The connections to the database: what they notice, and which of their errors mean that it is away."""
