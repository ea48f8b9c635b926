"""Files of any format as lines, with what is known of each."""
