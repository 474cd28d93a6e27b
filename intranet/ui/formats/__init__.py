"""How each language writes dates in the few places where Django itself formats them."""
