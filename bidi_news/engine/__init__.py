"""Pages by the million: the same program behind Arrow, and on the engines that speak it."""
