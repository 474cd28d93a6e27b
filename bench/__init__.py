"""`make bench`: how many requests a second the main pages take, beside a bare Django view in the same run."""
