"""Rubric, and the cards of a unit -> the official form, as offices have it."""
