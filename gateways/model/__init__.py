"""Language models behind ``sequences.ports.model``. Start reading at ``engine.make_model``.

``conversation`` asks, validates and asks again; ``anthropic`` and ``google`` speak to one vendor each;
``schema`` says what an answer must look like and ``prices`` what it cost.
"""
