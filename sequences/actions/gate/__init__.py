"""The gate: the only code that lets an action happen. It runs, parks or refuses; nothing else calls a writer.

An approval is bound to owner, digest and expiry and is won by one conditional update. The undo window is a
stored deadline. Every effect is claimed before it happens and recorded after, and after a crash it is looked up
before it is ever tried again.
"""
