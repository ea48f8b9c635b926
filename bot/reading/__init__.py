"""What people wrote into files and settings, read as they meant it."""
