"""WeCom's customer service (微信客服): customers write from WeChat itself, and we fetch what they wrote."""
