// EXPECT: an array of gigabytes with a value in it fills no disk
// STATUS: exit disk memory signal
// PHASE: compile
// PLAIN: skip
unsigned char field[1900000000] = {7};
int main() { return field[9]; }
