"""WeChat Official Account: encrypted callbacks in, customer-service messages out."""
