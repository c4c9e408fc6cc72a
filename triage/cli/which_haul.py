"""What is said where a number names two hauls: two computers have published apart."""

from triage.actions.numbering import of_number, published, twice
from triage.cli.desk import Desk
from triage.ports import Record


def tell_which(desk: Desk, haul: int | str | None) -> None:
    """Say which haul a number means, where several have it."""
    found = of_number(desk.library, haul) if isinstance(haul, int) else ()
    for later in found[1:]:
        desk.console.tell(f"haul {haul} is the one of {published(found[0])}; {_ask(later)}")


def tell_twice(desk: Desk) -> None:
    """Say which hauls are to get another number."""
    for later in twice(desk.library):
        desk.console.tell(f"haul {later['number']} was published twice; {_ask(later)}")


def _ask(later: Record) -> str:
    return (
        f"`triage publish --haul {later['number']}` gives the later one, of {published(later)}, "
        "a number of its own"
    )
