"""Sample outlets on loopback: what the demo crawls, and what the tests' scripted sites stand on.

Every story and every name here is invented.
"""
