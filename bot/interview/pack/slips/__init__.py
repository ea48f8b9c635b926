"""What goes wrong where a pack is written in Word, in Notepad or on a phone; how to mend it."""
