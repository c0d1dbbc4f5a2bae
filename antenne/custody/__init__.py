"""The data map, regions and antennes: whose data this is and where it may live."""
