"""Days and moments in sentences; in English, whatever the locale."""

from datetime import date, datetime

from triage.listing_day import Calendar, appears

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_name(day: date) -> str:
    """A day with its year, in as many columns whatever the day: `Fri 20 Nov 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day:02d} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """A day of these weeks: `Mon 2 Nov`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def short_date(day: date) -> str:
    """A day of any year, in running text: `3 Sep 2025`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def said(iso: str) -> str:
    """A day, a month or a year, as ISO 8601 has it, in running text: `3 Sep 2025`, `Sep 2025`, `2025`."""
    try:
        if len(iso) == len("2025-09"):
            month = date.fromisoformat(f"{iso}-01")
            return f"{MONTHS[month.month - 1]} {month.year}"
        return short_date(date.fromisoformat(iso[:10]))
    except ValueError:
        return iso


def next_listing(calendar: Calendar, now: datetime) -> str:
    """When the next listing is in the feeds, in the machine's zone: `Mon 23 Nov at 06:00`."""
    return moment(calendar.next_listing(now))


def appearing(day: date) -> str:
    """When the listing of a day is in the feeds, in the machine's zone."""
    return moment(appears(day))


def moment(at: datetime) -> str:
    """A moment in the machine's zone: `Mon 23 Nov at 06:00`. It must know its own zone."""
    # An offset that holds today may not hold then: the machine's rules are asked for that very moment.
    there = at.astimezone()
    return f"{short_day(there.date())} at {there:%H:%M}"
