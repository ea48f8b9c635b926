"""What a day shows, and the posts that show it every day."""
