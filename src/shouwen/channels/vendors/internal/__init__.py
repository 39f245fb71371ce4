"""Requests and notes of colleagues: recorded on the subject, delivered by the pages themselves."""
