"""Every target, by its name; tests and fuzzers go through this one table."""

from tests.fuzz import exports, sources, stored, texts

TARGETS = {
    target.name: target for target in (*sources.TARGETS, *texts.TARGETS, *stored.TARGETS, *exports.TARGETS)
}
