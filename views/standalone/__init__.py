"""The Explore component without the app behind it: what the offline file and the live block of a report share."""
