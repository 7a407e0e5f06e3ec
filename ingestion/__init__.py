"""What arrived? The room that takes deliveries in: declarations, readers, intake."""
