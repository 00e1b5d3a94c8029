"""Modules that run beside an untrusted program; the app itself never imports them."""
