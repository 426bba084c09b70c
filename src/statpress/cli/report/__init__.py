"""What a check found, in every form in which people and programs want it. No form shows a figure."""
