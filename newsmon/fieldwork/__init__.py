"""Live pages looked at outside a crawl: kept for the tests, held against what an outlet gave, made an outlet."""
