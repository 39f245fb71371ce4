"""A signed webhook: any system of your own, both ways. The door for what no vendor of ours knows."""
