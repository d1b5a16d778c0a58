"""What happens next: steps, events, commands and the session; pure, without screen, devices or clock."""
