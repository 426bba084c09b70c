"""From the cells of pipelines to a problem: what is printed, what adds up to what, and what must stay unknown."""
