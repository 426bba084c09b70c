"""The catalogue of rules: why each matters, how to mend what breaks it, and an example of failing and of passing."""
