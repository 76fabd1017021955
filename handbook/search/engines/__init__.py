"""One interface, two engines: the embedded one, which is always there, and Meilisearch, where it is configured."""
