"""The process: its clock, its connections, what it is doing and what is counted."""
