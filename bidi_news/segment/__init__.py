"""What each line of a page is: features, the learned model, and the rules that refine it."""
