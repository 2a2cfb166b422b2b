"""The tests of the room of this name."""
