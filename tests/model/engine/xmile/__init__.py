"""Tests of model.engine.xmile."""
