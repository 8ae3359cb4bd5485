"""Does the cited source say what the sentence says? Pure comparisons of words; the rules EV401 to EV406 ask them."""
