// EXPECT: the preprocessor sees at most the two invented accounts
// STATUS: exit
// PHASE: compile
// CHECK: no-accounts
// PLAIN: escapes-check
#include "/etc/passwd"
int main() {}
