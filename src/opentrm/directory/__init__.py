"""What help there is: services, free places as of a date."""
