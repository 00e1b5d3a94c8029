// EXPECT: the compiler does not wait for input
// STATUS: ok exit
// PHASE: compile
// CHECK: fast
// PLAIN: harmless
#include "/dev/stdin"
int main() {}
