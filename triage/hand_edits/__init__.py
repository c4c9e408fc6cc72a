"""A post that was edited by hand, held against the library: what the edits are, and the haul with them."""
