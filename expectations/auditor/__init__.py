"""The attacker of our own: from what is printed, what does it take to learn what was withheld?"""
