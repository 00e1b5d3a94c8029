// EXPECT: the preprocessor reads none of the machine's settings
// STATUS: exit
// PHASE: compile
// PLAIN: harmless
#include "/etc/shadow"
#include "/etc/machine-id"
#include "/etc/fstab"
int main() {}
