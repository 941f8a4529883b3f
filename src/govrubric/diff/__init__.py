"""Two rubrics -> what changed from one to the other, and what each change did to the units."""
