"""Accounts and sign-in: who has a key to the house. Who a person is in the organisation is `people`."""
