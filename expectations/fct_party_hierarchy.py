"""Suite of `fct_party_hierarchy`: who belongs to which group and when; one row per child, group and first day."""

from expectations.declaration import Suite, never, present, unique

SUITE: Suite = (
    unique(("child_network_id", "parent_network_id", "valid_from"), "A membership is listed once."),
    present("parent_party_id", "A membership leads to a group."),
    present("valid_from", "A membership must say of when."),
    never("dates_are_ordered", "valid_to < valid_from", "A membership ends after it began."),
    never("share_is_a_share", "ownership_share < 0 or ownership_share > 1", "A share lies between 0 and 1."),
)
