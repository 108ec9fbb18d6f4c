"""Facts of others as data: vaccine products, diseases, country codes, each file with its source."""
