"""The web process: public pages and health; the advisers' console comes beside them."""
