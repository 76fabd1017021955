"""Trainings: what a plan is made of, and where one that runs is at a moment."""
