"""What the device keeps: the catalogue, and what belongs to the person who uses it."""
