"""WeCom, the enterprise WeChat: an application of our own that colleagues and members write to."""
