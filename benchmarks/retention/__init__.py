"""What a schedule is worth: simulated learners, by the rules that schedule on every device.

`make bench-retention` asks how much learners know, and for how many answers a day, under SM-2, under FSRS-6 as
published and under FSRS-6 fitted to them; and how many cards fall due after a change from SM-2 to FSRS. No services.
"""
