"""What the core needs from outside, in the core's words. ``app.py`` decides who provides it.

``store`` is the database, ``outside`` are vendors, ``model`` are language models, ``dispatch`` runs due work.
"""
