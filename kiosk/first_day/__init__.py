"""The staff's program: the stick of the first day, the self-test of every part that is fitted, the staff's menu."""
