"""What follows from a register: origins, support, conflicts, standing. Pure throughout."""
