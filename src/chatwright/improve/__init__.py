"""The loop: what people say about answers -> reviewed items -> a measured, reversible, better bot.

Nothing here answers anybody, and nothing here knows HTTP.
"""
