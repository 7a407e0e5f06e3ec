"""May it go out? One suite of expectations per public table, and the gate that runs them."""
