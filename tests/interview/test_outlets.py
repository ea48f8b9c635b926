"""A link is said to lead elsewhere where it does, and nowhere else."""

import pytest

from bot.interview.outlets import site_beside


@pytest.mark.parametrize(
    ("outlet", "url", "site"),
    [
        ("Entertainment Weekly", "https://www.yahoo.com/entertainment/us.html", "Yahoo"),
        ("Entertainment Weekly", "https://ew.com/tv", ""),
        ("The Guardian", "https://www.theguardian.com/tv", ""),
        ("BBC Radio 4", "https://www.bbc.co.uk/sounds", ""),
        ("The New York Times", "https://www.nytimes.com", ""),
        ("Le Monde", "https://www.lemonde.fr/a", ""),
        ("Yahoo Life", "https://uk.news.yahoo.com/a", ""),
        ("Paper", "https://paper.substack.com/p/a", ""),
        ("Harbour Radio", "https://www.youtube.com/watch?v=a", "YouTube"),
        ("Harbour Radio", "https://archive.example.org/a", "archive.example.org"),
        ("朝日新聞", "https://www.asahi.com", ""),
        ("Harbour Radio", "http://127.0.0.1:80/a", ""),
        ("Harbour Radio", "https://[broken", ""),
        ("Harbour Radio", "", ""),
    ],
)
def test_a_site_is_named_where_it_is_not_the_outlets_own(outlet: str, url: str, site: str) -> None:
    assert site_beside(outlet, url) == site
