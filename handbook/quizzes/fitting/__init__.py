"""FSRS-6 fitted to one learner: what the log holds, what the optimiser makes of it, whether it predicts better."""
