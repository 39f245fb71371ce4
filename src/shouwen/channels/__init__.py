"""Conversations with customers over every channel, and their delivery.

Words: *account* (one mailbox, form or line we can be reached at), *conversation* (one customer on one
channel about one subject), *message*, *attempt* (one try to deliver), *inbound record* (what became of a
raw mail). Doors: services, queries, events, intake (who takes mail in), subjects (whose messages they are),
registry (vendors), reading (messages for screens).
Each channel is a folder in `vendors/` with the same furniture. A subject is a pair such as ("case", 12).
"""
